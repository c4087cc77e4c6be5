import type { ConsumerOptions } from '@rioni/client'

/** The flags of `rioni consume` that decide what is read and how. */
export interface ConsumeFlags {
  readonly owningApplication: string
  readonly consumerGroup?: string
  readonly readFrom?: 'begin' | 'end'
  readonly limit?: number
  readonly batchLimit: number
  readonly commitTimeout?: number
  readonly stopWhenIdle?: number
  /** False with `--no-commit`. */
  readonly commit: boolean
}

/** The flags with every default in place. */
export interface ConsumerSettings {
  readonly options: ConsumerOptions
  /** Events after which to stop; may be infinite. */
  readonly limit: number
  /** Quiet seconds after which to stop; may be infinite. */
  readonly idleSeconds: number
  readonly commit: boolean
}

/** Turns flags into settings. */
export function consumerSettings(flags: ConsumeFlags): ConsumerSettings {
  return flags.commit ? consuming(flags) : looking(flags)
}

/** Consuming goes on for ever unless a flag says otherwise. */
function consuming(flags: ConsumeFlags): ConsumerSettings {
  const { limit, stopWhenIdle = Number.POSITIVE_INFINITY, commitTimeout } = flags
  return {
    commit: true,
    limit: limit ?? Number.POSITIVE_INFINITY,
    idleSeconds: stopWhenIdle,
    options: {
      ...commonOptions(flags, stopWhenIdle),
      // Makes the broker end the last batch at the limit, so that it can be committed as a whole.
      ...(limit === undefined ? {} : { streamLimit: limit }),
      ...(commitTimeout === undefined ? {} : { commitTimeoutSeconds: commitTimeout }),
    },
  }
}

/**
 * Looking (`--no-commit`) ends by itself, because the broker delivers only so many events that are not committed and
 * repeats them after the commit timeout. That also keeps the partitions from the next consumer, so it is short.
 */
function looking(flags: ConsumeFlags): ConsumerSettings {
  const { limit = 1000, stopWhenIdle = 5, commitTimeout = 10 } = flags
  return {
    commit: false,
    limit,
    idleSeconds: stopWhenIdle,
    options: {
      ...commonOptions(flags, stopWhenIdle),
      maxUncommittedEvents: Math.max(limit, flags.batchLimit),
      commitTimeoutSeconds: commitTimeout,
    },
  }
}

function commonOptions(flags: ConsumeFlags, idleSeconds: number): ConsumerOptions {
  return {
    owningApplication: flags.owningApplication,
    ...(flags.consumerGroup === undefined ? {} : { consumerGroup: flags.consumerGroup }),
    ...(flags.readFrom === undefined ? {} : { readFrom: flags.readFrom }),
    batchLimit: flags.batchLimit,
    // With a flush timeout of a second, keep-alive batches in a row are seconds without any event.
    batchFlushTimeoutSeconds: 1,
    ...(Number.isFinite(idleSeconds) ? { streamKeepAliveLimit: idleSeconds } : {}),
  }
}
