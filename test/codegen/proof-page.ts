// The page in `docs/` about what generated code was tried on.

import type { Proof } from '@rioni/codegen'
import type { PublicSet } from './public-sets.ts'

/** One row of the page. */
export function proofRow({ name, source, eventTypes }: PublicSet, proof: Proof, examples: number): string {
  const { documents, accepted, mutants, refused, structural, refusedByTypes } = proof
  return `| ${[
    `${name} (\`${source}\`)`,
    eventTypes.length,
    examples,
    percentage(accepted, documents),
    percentage(refused, mutants),
    percentage(refusedByTypes, structural),
  ].join(' | ')} |`
}

/** The page. */
export function proofTable(rows: readonly string[]): string {
  return `${INTRODUCTION}\n${rows.join('\n')}\n`
}

/** Rounded down, so that 100 % means all of them. */
function percentage(part: number, whole: number): string {
  return `${Math.floor((part / whole) * 1000) / 10} %`
}

const INTRODUCTION = `<!-- Written by test/codegen/public-sets.spec.ts: \`npx vitest run test/codegen/public-sets.spec.ts -u\` writes it anew. -->

# Proof

Generated code is tried on documents at every generation: the examples in the schemas, samples made from them, and mutants
of both, which differ in one place each. A place is changed in one document, however many have it, and at most twelve
changes are tried for an event type, spread over all places. What is valid is the opinion of the broker's own validator.

- Types and validators must accept every document that is valid.
- Validators must refuse every document that is not.
- Types refuse what is wrong in structure: a missing property, one that is unknown to a closed object, another type, another
  literal. Not in each case: where alternatives overlap, the compiler lets pass what the validator does not.

Types are checked by rules of our own, as fast as a validator, on the text of the module that was written.
\`codegen/src/proof/type-check.spec.ts\` compares them with the compiler.

Beside that, on these sets of public schemas, all modules compile with TypeScript 5.9, 6 and 7 under the strict options that
the README of the generator lists, every published example that follows its schema fits its type, and the validators agree
with ajv about all published examples, and about these with a change in their structure.

| Schemas | Event types | Published examples | Valid accepted | Invalid refused by validators | Wrong structures refused by types |
| --- | ---: | ---: | ---: | ---: | ---: |`
