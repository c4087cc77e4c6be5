import { checkedNumber } from '../checked-number.ts'
import { invalidArgument } from '../error.ts'
import type { FailurePolicy, GiveUpAction } from './failure-policy.ts'
import type { HandlerFailure, RunOptions } from './handler.ts'

/** A complete set of options. */
export interface NormalizedRunOptions {
  readonly concurrency: number
  readonly key: ((event: unknown, eventType: string) => string) | undefined
  readonly policy: FailurePolicy
  readonly deadLetter: (failure: HandlerFailure) => unknown
  readonly onHandlerError: NonNullable<RunOptions<object>['onHandlerError']>
}

/** What a JavaScript user may have given as one of the functions. */
const isFunctionOrNone = (value: unknown) => value === undefined || typeof value === 'function'

const giveUpActions: readonly GiveUpAction[] = ['stop', 'skip', 'dead-letter', 'redeliver']

/**
 * Completes the options and checks them against each other.
 *
 * @throws NakadiError with code `invalid-argument`.
 */
export function normalizeRunOptions<Events extends object>(
  options: RunOptions<Events>,
): NormalizedRunOptions {
  const { concurrency = 16, key, onFailure = 'stop', deadLetter, onHandlerError } = options
  const { maxAttempts = 5, baseDelayMs = 200, maxDelayMs = 10_000 } = options.retry ?? {}
  if (!giveUpActions.includes(onFailure)) {
    throw invalidArgument(`onFailure must be one of ${giveUpActions.join(', ')}, not ${String(onFailure)}`)
  }
  for (const [name, value] of Object.entries({ key, deadLetter, onHandlerError })) {
    if (!isFunctionOrNone(value)) throw invalidArgument(`${name} must be a function, not ${typeof value}`)
  }
  if ((onFailure === 'dead-letter') !== (deadLetter !== undefined)) {
    throw invalidArgument(
      "onFailure 'dead-letter' and the function deadLetter go together; give both or neither",
    )
  }
  return {
    concurrency: checkedNumber('concurrency', concurrency, { least: 1, whole: true }),
    // The reader of the event type makes of the events what the caller's types say.
    key: key as NormalizedRunOptions['key'],
    policy: {
      onFailure,
      retry: {
        maxAttempts: checkedNumber('retry.maxAttempts', maxAttempts, {
          least: 1,
          whole: true,
        }),
        baseDelayMs: checkedNumber('retry.baseDelayMs', baseDelayMs, { least: 0 }),
        maxDelayMs: checkedNumber('retry.maxDelayMs', maxDelayMs, {
          least: baseDelayMs,
          because: 'that is retry.baseDelayMs',
        }),
      },
    },
    deadLetter: deadLetter ?? (() => undefined),
    onHandlerError: onHandlerError ?? (() => undefined),
  }
}
