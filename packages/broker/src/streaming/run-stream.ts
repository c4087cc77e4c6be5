// The shell around one subscription stream: it connects the pure machine of `core/stream.ts` with the
// storage on one side and the client on the other.

import type { Clock } from '../clock.ts'
import { start, step, wakesAt } from '../core/stream.ts'
import type { StreamEffect, StreamSettings } from '../core/stream-state.ts'
import type { BrokerMetrics } from '../metrics/broker-metrics.ts'
import type { Random } from '../random.ts'
import type { Storage } from '../storage/storage.ts'
import type { ConsumptionMeter } from './consumption-meter.ts'
import type { StoreDeadLetter } from './dead-letters.ts'
import type { WriteBatch } from './event-encoding.ts'
import type { LiveStream } from './live-stream.ts'
import { createStepper } from './stepper.ts'
import { createStreamBody } from './stream-body.ts'
import { createStreamFeed } from './stream-feed.ts'
import type { StreamGuard } from './stream-guard.ts'
import { offsetOf } from './timelines-of.ts'

/** What a stream runs on. */
export interface StreamEnvironment {
  readonly clock: Clock
  readonly random: Random
  readonly storage: Storage
  readonly storeDeadLetter: StoreDeadLetter
  readonly metrics: Pick<BrokerMetrics, 'delivered'>
}

/** A stream that holds a session of its subscription. */
export interface RegisteredStream {
  readonly subscriptionId: string
  readonly sessionId: string
  readonly settings: StreamSettings
  readonly guard: StreamGuard
  /** The form of its batches. */
  readonly writeBatch: WriteBatch
  /** Adds up what the stream sends. */
  readonly meter: ConsumptionMeter
  /** Aborts when the client gives up its request. */
  readonly signal: AbortSignal
}

/** A stream of a subscription that is being served. It has ended when its session is given back too. */
export interface RunningStream extends LiveStream {
  readonly subscriptionId: string
  readonly body: ReadableStream<Uint8Array>
}

/** Serves a registered stream until its session is over. */
export function runStream(stream: RegisteredStream, environment: StreamEnvironment): RunningStream {
  const { subscriptionId, sessionId, settings, guard, writeBatch, meter, signal } = stream
  const { clock, metrics, random, storage, storeDeadLetter } = environment
  let resolveEnded: () => void
  const ended = new Promise<void>((resolve) => {
    resolveEnded = resolve
  })

  function perform(effect: StreamEffect): void {
    if (effect.type === 'send') {
      const offset = offsetOf(effect.batch, storage)
      const bytes = writeBatch(effect.batch, { offset, token: random.uuid() }, storage)
      body.write(bytes)
      metrics.delivered(effect.batch.events.length, bytes.byteLength)
      const { event_type: eventTypeName } = effect.batch.partition
      meter.sent({ eventTypeName, events: effect.batch.events.length, bytes: bytes.byteLength })
    } else if (effect.type === 'end') {
      feed.close()
      meter.close()
      body.end()
      resolveEnded()
    } else {
      feed.perform(effect)
    }
  }

  const take = createStepper(
    { initial: start(sessionId, settings, clock.now()), step, wakesAt },
    clock,
    perform,
  )
  const feed = createStreamFeed({
    subscriptionId,
    sessionId,
    guard,
    clock,
    storage,
    storeDeadLetter,
    onInput: take,
    onFailure(reason) {
      // The client must not take what it has got for everything.
      body.fail(reason)
      take({ type: 'shutdown' })
    },
  })
  // Last, because a request may have been given up already.
  const body = createStreamBody(signal, {
    onRoom: (bytes) => take({ type: 'room', bytes }),
    onGone: () => take({ type: 'clientGone' }),
  })
  feed.start()
  return {
    subscriptionId,
    body: body.readable,
    ended,
    finish: () => take({ type: 'brokerClosing' }),
    shutdown: () => take({ type: 'shutdown' }),
  }
}
