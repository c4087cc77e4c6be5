// Section "Dead letters" of the Nakadi manual: two annotations of a subscription say after how many attempts an
// event is given up, and what becomes of it then.

/** How a subscription wants events treated that its consumers keep failing on. */
export interface DeadLetterPolicy {
  /** How many times an event is sent at most before it is given up. */
  readonly maxSendCount: number
  /** Whether events that are given up are kept for people to look at. */
  readonly keeps: boolean
}

const COUNT = 'nakadi.zalando.org/subscription-max-event-send-count'
const POLICY = 'nakadi.zalando.org/subscription-unprocessable-event-policy'
const SKIP = 'SKIP_EVENT'
const KEEP = 'DEAD_LETTER_QUEUE'
const [MIN_COUNT, MAX_COUNT] = [2, 10]

type Annotations = Readonly<Record<string, string>>

/** The policy that valid annotations stand for; undefined when events are never given up. */
export function deadLetterPolicy(annotations: Annotations): DeadLetterPolicy | undefined {
  const { [COUNT]: count, [POLICY]: policy } = annotations
  if (count === undefined || policy === undefined) return undefined
  return { maxSendCount: Number(count), keeps: policy === KEEP }
}

/** What is wrong with the annotations, in the broker's words. */
export function deadLetterViolations(
  annotations: Annotations,
): readonly { readonly field: string; readonly message: string }[] {
  const { [COUNT]: count, [POLICY]: policy } = annotations
  const messages = [
    ...(count === undefined ? [] : countMessages(count)),
    ...(policy === undefined || policy === SKIP || policy === KEEP
      ? []
      : [`${POLICY} must be one of: ${SKIP}, ${KEEP}`]),
    ...(count === undefined && policy !== undefined
      ? [`${COUNT} must be also set when setting ${POLICY}`]
      : []),
    ...(count !== undefined && policy === undefined
      ? [`${POLICY} must be also set when setting ${COUNT}`]
      : []),
  ]
  return messages.map((message) => ({ field: 'annotations', message }))
}

function countMessages(count: string): readonly string[] {
  if (!/^[+-]?\d+$/.test(count)) return [`${COUNT} must be an integer`]
  const isWithin = Number(count) >= MIN_COUNT && Number(count) <= MAX_COUNT
  return isWithin ? [] : [`${COUNT} must be between ${MIN_COUNT} and ${MAX_COUNT}`]
}
