// The numbers of a run, and what must be true of them.

/** What a run has counted; written by `--json FILE`. */
export interface Numbers {
  /** Event types registered. */
  readonly eventTypes: number
  /** Events that the broker took. */
  readonly published: number
  /** Events that the broker refused. */
  readonly rejected: number
  /** Different events that arrived. */
  readonly consumed: number
  /** Arrivals of an event beyond its first: redelivered after the kill, because they were not committed. */
  readonly duplicates: number
  /** Published events that did not arrive. */
  readonly lost: number
  readonly seconds: number
}

/** What the numbers are held against. */
export interface Expectation {
  /** Payloads that were to be published. */
  readonly payloads: number
  /** Whether a stream was killed on the way. */
  readonly killed: boolean
}

/** Fewer event types would not be the whole of GitHub's webhooks. */
const LEAST_EVENT_TYPES = 40

/** Says what is wrong with the numbers; nothing, if every payload is accounted for. */
export function wrongNumbers(numbers: Numbers, { payloads, killed }: Expectation): string[] {
  const { eventTypes, published, rejected, consumed, duplicates, lost } = numbers
  const rules: [holds: boolean, message: string][] = [
    [
      eventTypes >= LEAST_EVENT_TYPES,
      `only ${eventTypes} event types, at least ${LEAST_EVENT_TYPES} are expected`,
    ],
    [
      published + rejected === payloads,
      `${published} published and ${rejected} rejected are not ${payloads} payloads`,
    ],
    [published > 0, 'nothing was published'],
    [rejected > 0, "nothing was rejected, though some of GitHub's payloads violate GitHub's schemas"],
    [consumed === published, `${consumed} events were consumed, ${published} were published`],
    [lost === 0, `${lost} events were lost`],
    [killed, 'no stream was killed: one had finished before half of the events had arrived'],
    [!killed || duplicates > 0, 'nothing was redelivered, though a stream was killed before its commit'],
  ]
  return rules.filter(([holds]) => !holds).map(([, message]) => message)
}
