/**
 * What trying generated code on documents has shown. Valid documents are the examples of the schemas, samples made from
 * them, and mutants that are still valid; mutants are those that no longer are.
 */
export interface Proof {
  /** Documents that follow their schemas. */
  readonly documents: number
  /** Those of them that the types accept, and that the validator judges as the broker does. */
  readonly accepted: number
  /** Documents that do not follow their schemas. */
  readonly mutants: number
  /** Those of them that the validator refuses. */
  readonly refused: number
  /** Mutants that differ from valid documents in what types can say: a missing property, another type, another literal. */
  readonly structural: number
  /** Those of them that the types refuse. */
  readonly refusedByTypes: number
}

/** The proof of nothing. */
export const NO_PROOF: Proof = {
  documents: 0,
  accepted: 0,
  mutants: 0,
  refused: 0,
  structural: 0,
  refusedByTypes: 0,
}

/** Adds proofs up. */
export function sumOfProofs(proofs: readonly Proof[]): Proof {
  return proofs.reduce(
    (sum, proof) => ({
      documents: sum.documents + proof.documents,
      accepted: sum.accepted + proof.accepted,
      mutants: sum.mutants + proof.mutants,
      refused: sum.refused + proof.refused,
      structural: sum.structural + proof.structural,
      refusedByTypes: sum.refusedByTypes + proof.refusedByTypes,
    }),
    NO_PROOF,
  )
}

/** Writes a proof as a sentence without its full stop. */
export function formatProof(proof: Proof): string {
  const { documents, accepted, mutants, refused, structural, refusedByTypes } = proof
  return [
    `${percentage(accepted, documents)} of ${documents} valid documents accepted`,
    `${percentage(refused, mutants)} of ${mutants} invalid ones refused by validators`,
    `${percentage(refusedByTypes, structural)} of ${structural} wrong structures by types`,
  ].join(', ')
}

/** Rounded down, so that 100 % means all of them. */
function percentage(part: number, whole: number): string {
  return `${whole === 0 ? 100 : Math.floor((part / whole) * 1000) / 10} %`
}
