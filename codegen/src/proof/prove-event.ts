// The self-proof of one event type: what was generated is tried on documents, valid ones and others.

import type { EventTypeCategory } from '@rioni/protocol'
import type { PayloadJudge } from '../payload-judge.ts'
import { isNode, type SchemaNode } from '../schema/json-schema.ts'
import type { SchemaProblem } from '../schema/schema-problem.ts'
import type { StandaloneCheck } from '../validators/standalone-check.ts'
import { mutantsOf } from './mutants.ts'
import type { Proof } from './proof.ts'
import { readTypeShapes } from './read-type-shapes.ts'
import { runCheck } from './run-check.ts'
import { exampleDocuments } from './schema-examples.ts'
import { isStructural } from './structural-violation.ts'
import { createTypeCheck } from './type-check.ts'

/** What is proved, and what by. */
export interface ProofInput {
  readonly category: EventTypeCategory
  /** Whether metadata has the key that events are compacted by. */
  readonly isCompacted: boolean
  /** The schema of the payload. */
  readonly root: SchemaNode
  /** Text of the module with the types. */
  readonly module: string
  /** The name of the payload's type in it. */
  readonly typeName: string
  /** Absent where none was asked for. */
  readonly validator: ProvedValidator | undefined
  /** Valid payloads. */
  readonly samples: readonly unknown[]
  readonly judge: PayloadJudge
  /** Whether documents that the judge takes may still be none that the types should: it knows only a part of the schema. */
  readonly isTolerated: boolean
}

/** A generated validator, and what it is to agree with. */
export interface ProvedValidator {
  readonly check: StandaloneCheck
  /** What the broker says of events. */
  isValid(event: unknown): boolean
}

/** What came of it. */
export interface EventProof {
  readonly proof: Proof
  /** Examples that do not follow their schema, and what the generated code got wrong. */
  readonly problems: readonly SchemaProblem[]
}

/** A payload, and whether it follows the schema. */
interface Trial {
  readonly payload: unknown
  readonly violation: string | undefined
  /**
   * Types are not asked: a schema that lists properties without a `type` means objects, but accepts texts as well, and one
   * without what the broker refuses accepts more than the types say.
   */
  readonly isBeyondTypes?: boolean
}

/** Documents of which mutants are made. */
const MUTATED = 2

/** Tries the generated code of an event type. */
export function proveEvent(input: ProofInput): EventProof {
  const { samples, root, judge, isTolerated } = input
  const { violation, meantViolation, isValid } = judge
  const examples = exampleDocuments(root, samples[0])
    // An event is an object, whatever its schema says.
    .filter(({ document }) => isNode(document))
    .map((example) => ({
      ...example,
      violation: isValid(example.document)
        ? undefined
        : (violation(example.document) ?? meantViolation(example.document)),
    }))
  const valid = [
    ...examples.flatMap((example) => (example.violation === undefined ? [example.document] : [])),
    ...samples,
  ]
  const mutants = mutantsOf([...new Set([...valid.slice(0, MUTATED), ...samples.slice(0, MUTATED)])])
  const trials: Trial[] = [
    ...valid.map((payload) => ({ payload, violation: undefined, isBeyondTypes: isTolerated })),
    ...mutants.map(({ document, isRetyped }) => {
      const found = violation(document)
      return {
        payload: document,
        violation: found,
        isBeyondTypes: found === undefined && (isRetyped || isTolerated || !isValid(document)),
      }
    }),
  ]
  const { proof, problems } = tryAll(input, trials)
  const wrong = examples.flatMap(({ pointer, place, violation: text }) =>
    text?.startsWith(`#${place}`) ? [wrongExample(pointer, text)] : [],
  )
  return { proof, problems: [...wrong, ...(hasNoEvents(input) ? [NO_EVENTS] : []), ...problems] }
}

/** Whether the payload's schema leaves events no room for their metadata, which only the broker's schema of events tells. */
function hasNoEvents(input: ProofInput): boolean {
  const { category, samples, validator } = input
  if (category !== 'business' || validator === undefined || samples.length === 0) return false
  return !samples.some((payload) => validator.isValid(inEnvelope(payload, input)))
}

const NO_EVENTS: SchemaProblem = {
  pointer: '',
  message: 'the broker would refuse every event that was tried: the schema leaves no room for "metadata"',
  remedy:
    'Refuse other properties at the root and not in its alternatives, and keep patterns from matching it.',
}

function tryAll(input: ProofInput, trials: readonly Trial[]): EventProof {
  const accepts = createTypeCheck(readTypeShapes(input.module), input.typeName)
  const verdicts = trials.map(({ payload, isBeyondTypes }) => (isBeyondTypes ? undefined : accepts(payload)))
  const agrees = agreement(input, trials)
  const count = (holds: (trial: Trial, index: number) => boolean): number => trials.filter(holds).length
  const isValid = ({ violation }: Trial): boolean => violation === undefined
  const isAgreed = (index: number): boolean => agrees === undefined || agrees[index] === true
  const isForTypes = ({ violation }: Trial, index: number): boolean =>
    violation !== undefined && isStructural(violation) && verdicts[index] !== undefined
  const proof: Proof = {
    documents: count(isValid),
    accepted: count((trial, index) => isValid(trial) && verdicts[index] !== false && isAgreed(index)),
    mutants: agrees === undefined ? 0 : count((trial) => !isValid(trial)),
    refused: agrees === undefined ? 0 : count((trial, index) => !isValid(trial) && isAgreed(index)),
    structural: count(isForTypes),
    refusedByTypes: count((trial, index) => isForTypes(trial, index) && verdicts[index] === false),
  }
  const tooNarrow = trials.find((trial, index) => isValid(trial) && verdicts[index] === false)
  const judgedWrongly = trials.find((_, index) => !isAgreed(index))
  return {
    proof,
    problems: [
      ...(tooNarrow === undefined
        ? []
        : [
            defect(
              `the type ${input.typeName} does not accept ${excerpt(tooNarrow.payload)}, which follows the schema`,
            ),
          ]),
      ...(agrees === undefined ? [UNTRIED] : []),
      ...(judgedWrongly === undefined
        ? []
        : [defect(`the validator and the broker disagree about ${excerpt(judgedWrongly.payload)}`)]),
    ],
  }
}

const UNTRIED: SchemaProblem = {
  pointer: '',
  message: 'the validator was not tried on documents: that takes too long, or more stack than there is',
  remedy: 'Patterns that backtrack are the usual reason; otherwise, describe fewer things in one event type.',
}

/**
 * Whether the generated validator says of each event what the broker says; without a validator it cannot be wrong.
 * Undefined when that takes too long to find out.
 */
function agreement(input: ProofInput, trials: readonly Trial[]): readonly boolean[] | undefined {
  const { validator, category } = input
  if (validator === undefined) return trials.map(() => true)
  const events = trials.map(({ payload }) => inEnvelope(payload, input))
  const found = runCheck(validator.check, events)
  if (found === undefined) return undefined
  // A payload alone has been judged already.
  const expected = trials.map(({ violation }, index) =>
    category === 'undefined' ? violation === undefined : validator.isValid(events[index]),
  )
  return expected.map((isValid, index) => found[index] === isValid)
}

const METADATA = { eid: '105a76d8-db49-4144-ace7-e683e8f4ba46', occurred_at: '2026-01-01T00:00:00Z' }

function inEnvelope(
  payload: unknown,
  { category, isCompacted }: Pick<ProofInput, 'category' | 'isCompacted'>,
): unknown {
  const metadata = isCompacted ? { ...METADATA, partition_compaction_key: 'key' } : METADATA
  if (category === 'data') return { data_type: 'entity', data_op: 'U', metadata, data: payload }
  const isWhole = category === 'undefined' || typeof payload !== 'object' || payload === null
  return isWhole ? payload : { ...payload, metadata }
}

function wrongExample(pointer: string, violation: string): SchemaProblem {
  return {
    pointer,
    message: `the example does not follow its schema: ${violation}`,
    remedy: 'Correct the example or the schema: readers believe examples.',
  }
}

function defect(message: string): SchemaProblem {
  return { pointer: '', message, remedy: 'This is a defect of the generator: please report the schema.' }
}

/** Characters of a document that a message shows. */
const EXCERPT_LENGTH = 200

function excerpt(document: unknown): string {
  const text = JSON.stringify(document)
  return text.length > EXCERPT_LENGTH ? `${text.slice(0, EXCERPT_LENGTH)}...` : text
}
