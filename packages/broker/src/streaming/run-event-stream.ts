// The shell around one low-level stream: it connects the pure machine of `core/event-stream.ts` with the storage
// on one side and the client on the other.

import {
  type EventStreamEffect,
  type EventStreamInput,
  type EventStreamSettings,
  type EventStreamStart,
  eventStreamWakesAt,
  startEventStream,
  stepEventStream,
} from '../core/event-stream.ts'
import type { LogRecord } from '../core/log-record.ts'
import { eventStreamLine } from './batch-line.ts'
import type { ConsumptionMeter } from './consumption-meter.ts'
import { withJsonEvents } from './event-encoding.ts'
import type { LiveStream } from './live-stream.ts'
import { createPartitionReaders } from './partition-readers.ts'
import type { StreamEnvironment } from './run-stream.ts'
import { createStepper } from './stepper.ts'
import { createStreamBody, type StreamBody } from './stream-body.ts'
import { offsetOf } from './timelines-of.ts'

/** A low-level stream that has passed all checks. */
export interface WantedEventStream {
  readonly eventType: string
  /** By `partitionKey`. */
  readonly startAt: ReadonlyMap<string, EventStreamStart>
  readonly settings: EventStreamSettings
  /** Adds up what the stream sends. */
  readonly meter: ConsumptionMeter
  /** Aborts when the client gives up its request. */
  readonly signal: AbortSignal
  /** Whether the consumer gets an event. */
  isDelivered(record: LogRecord): boolean
  /** Whether the consumer may still read the event type. Asked when event types or settings have changed. */
  isAllowed(): boolean
}

/** A low-level stream that is being served. */
export interface RunningEventStream extends LiveStream {
  readonly body: ReadableStream<Uint8Array>
}

/** Bytes of events that are read at once. */
const MAX_BYTES_PER_READ = 1024 * 1024

/** Serves a low-level stream until one of its limits, its client or the broker ends it. */
export function runEventStream(
  wanted: WantedEventStream,
  { clock, metrics, storage }: Pick<StreamEnvironment, 'clock' | 'metrics' | 'storage'>,
): RunningEventStream {
  const { eventType, meter, settings, signal, startAt } = wanted
  const maxBytes = Math.min(MAX_BYTES_PER_READ, settings.maxBufferedBytes)
  let body: StreamBody | undefined
  let resolveEnded: () => void
  const ended = new Promise<void>((resolve) => {
    resolveEnded = resolve
  })

  function perform(effect: EventStreamEffect): void {
    switch (effect.type) {
      case 'read':
        readers.read(effect.partition, { ...effect, maxBytes })
        break
      case 'send': {
        const line = eventStreamLine(withJsonEvents(effect.batch, storage), offsetOf(effect.batch, storage))
        body?.write(line)
        metrics.delivered(effect.batch.events.length, line.byteLength)
        meter.sent({ eventTypeName: eventType, events: effect.batch.events.length, bytes: line.byteLength })
        break
      }
      case 'end':
        unwatch()
        readers.close()
        meter.close()
        body?.end()
        resolveEnded()
        break
    }
  }

  function end(): void {
    take({ type: 'over' })
  }

  function fail(reason: unknown): void {
    // The client must not take what it has got for everything.
    body?.fail(reason)
    end()
  }

  let seen = storage.commands.state

  /** What subscriptions do changes nothing here. */
  function observe(): void {
    const { state } = storage.commands
    const isSame = state.eventTypes === seen.eventTypes && state.settings === seen.settings
    seen = state
    if (isSame) return
    if (state.eventTypes.has(eventType) && wanted.isAllowed()) readers.follow()
    else end()
  }

  const machine = {
    initial: startEventStream(startAt, settings, clock.now()),
    step: stepEventStream,
    wakesAt: eventStreamWakesAt,
  }
  const take: (input: EventStreamInput) => void = createStepper(machine, clock, perform)
  const readers = createPartitionReaders(storage, {
    onRecords(key, from, records) {
      const through = records.at(-1)?.offset ?? from
      take({ type: 'records', key, records: records.filter(wanted.isDelivered), through })
    },
    onFailure: fail,
  })
  const unwatch = storage.commands.watch(observe)
  // Last, because a request may have been given up already, which ends the stream while there is no body yet.
  const opened = createStreamBody(signal, { onRoom: (bytes) => take({ type: 'room', bytes }), onGone: end })
  body = opened
  return { body: opened.readable, ended, finish: end, shutdown: end }
}
