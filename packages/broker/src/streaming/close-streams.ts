import type { Clock } from '../clock.ts'
import type { Storage } from '../storage/storage.ts'
import type { StreamRegistry } from './stream-registry.ts'

/** What is needed to close streams. */
export interface ClosingEnvironment {
  readonly clock: Clock
  readonly storage: Storage
  readonly streams: Pick<StreamRegistry, 'ended'>
}

/**
 * Asks all streams of a subscription to close and waits until their sessions are given back and their
 * connections have ended. New streams are refused until a `resumeStreams` command, which is the caller's
 * to propose whenever the answer is `closed` or `timedOut`.
 *
 * @param timeoutMs how long to wait at most, in milliseconds
 */
export async function closeStreams(
  subscriptionId: string,
  timeoutMs: number,
  { clock, storage, streams }: ClosingEnvironment,
): Promise<'closed' | 'timedOut' | 'alreadyClosing' | 'unknownSubscription'> {
  const { kind } = await storage.commands.propose({ type: 'closeStreams', subscriptionId }, clock.now())
  if (kind !== 'closing') return kind
  const isDeserted = () => !storage.commands.state.subscriptions.get(subscriptionId)?.sessions.length
  return await new Promise((resolve) => {
    const cancel = clock.after(timeoutMs, () => finish('timedOut'))
    const unwatch = storage.commands.watch(settle)
    function settle(): void {
      if (isDeserted()) finish('closed')
    }
    function finish(result: 'closed' | 'timedOut'): void {
      cancel()
      unwatch()
      // A client must not see a batch of an old stream after it has learned that all are closed.
      if (result === 'timedOut') resolve(result)
      else void streams.ended(subscriptionId).then(() => resolve(result))
    }
    settle()
  })
}
