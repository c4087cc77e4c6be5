// Traces and metrics by OpenTelemetry (client.md 4, row 17): what is recorded, and that producers and consumers find
// each other through the metadata of the events.

import { AsyncLocalStorage } from 'node:async_hooks'
import { type Context, type ContextManager, context, ROOT_CONTEXT, SpanKind, trace } from '@opentelemetry/api'
import { W3CTraceContextPropagator } from '@opentelemetry/core'
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics'
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base'
import { type ClientOptions, createProducer, watchLag } from '@rioni/client'
import { openTelemetry } from '@rioni/client/opentelemetry'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { consumerOf, uncommitted, worldWithOrders } from './orders-world.ts'
import {
  createWorld,
  ORDER_PLACED,
  type Order,
  orders,
  problem,
  type World,
  whileTimePasses,
} from './world.ts'

const metricNames = [
  'messaging.client.sent.messages',
  'messaging.client.consumed.messages',
  'messaging.client.operation.duration',
  'messaging.process.duration',
  'rioni.producer.in_flight',
  'rioni.consumer.in_flight',
]

/** Event types, subscriptions, groups, and closed sets of words. */
const fewValues = [
  'server.address',
  'server.port',
  'messaging.system',
  'messaging.operation.name',
  'messaging.operation.type',
  'messaging.destination.name',
  'messaging.destination.subscription.name',
  'messaging.consumer.group.name',
  'error.type',
]

/** What an application registers with its SDK; without it no span is ever active. */
const storage = new AsyncLocalStorage<Context>()
const contexts: ContextManager = {
  active: () => storage.getStore() ?? ROOT_CONTEXT,
  with: (active, fn, self, ...args) => storage.run(active, () => fn.apply(self, args)),
  bind: (_, target) => target,
  enable: () => contexts,
  disable: () => contexts,
}

beforeAll(() => {
  context.setGlobalContextManager(contexts)
})
afterAll(() => context.disable())

/** Instrumentation that keeps what it records. */
function recorder(temporality = AggregationTemporality.CUMULATIVE) {
  const spans = new InMemorySpanExporter()
  const tracerProvider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] })
  const metrics = new InMemoryMetricExporter(temporality)
  const reader = new PeriodicExportingMetricReader({ exporter: metrics, exportIntervalMillis: 3_600_000 })
  const meterProvider = new MeterProvider({ readers: [reader] })
  const propagator = new W3CTraceContextPropagator()
  return {
    instrumentation: openTelemetry({ tracerProvider, meterProvider, propagator }),
    tracer: tracerProvider.getTracer('test'),
    spans: (name: string) => spans.getFinishedSpans().filter((span) => span.name === name),
    async points(name: string) {
      metrics.reset()
      await reader.forceFlush()
      return metrics
        .getMetrics()
        .flatMap(({ scopeMetrics }) => scopeMetrics)
        .flatMap((scope) => scope.metrics)
        .filter(({ descriptor }) => descriptor.name === name)
        .flatMap(({ dataPoints }) => [...dataPoints])
    },
    async everything() {
      await reader.forceFlush()
      const seen = spans.getFinishedSpans().map(({ name, attributes, links, status, events }) => {
        return { name, attributes, links, status, events }
      })
      return JSON.stringify([seen, metrics.getMetrics()])
    },
  }
}

const [send, process, commit] = [`send ${ORDER_PLACED}`, `process ${ORDER_PLACED}`, 'commit']

/** Publishes orders in one call. */
async function publish(world: World, options: Partial<ClientOptions>, events: readonly Order[]) {
  const producer = createProducer<Order>(world.client(options), ORDER_PLACED, { lingerMs: 0 })
  return await producer.publish(events)
}

/** Runs a handler of batches until so many events have been processed. */
async function consume(world: World, options: Partial<ClientOptions>, count: number): Promise<void> {
  const consumer = consumerOf(world.client(options))
  let seen = 0
  const run = consumer.run((batch) => {
    seen += batch.events.length
    if (seen >= count) void consumer.close()
  })
  await whileTimePasses(world.clock, run)
}

describe('publishing, traced (row 17)', () => {
  it('is a producer span per call, in the trace of the caller', async () => {
    const { instrumentation, spans, tracer } = recorder()
    const world = await createWorld()
    const request = tracer.startSpan('POST /orders')
    await context.with(trace.setSpan(ROOT_CONTEXT, request), () =>
      publish(world, { instrumentation }, orders(1, 3)),
    )
    const [span, ...others] = spans(send)
    expect(others).toEqual([])
    expect(span?.kind).toBe(SpanKind.PRODUCER)
    expect(span?.parentSpanContext?.spanId).toBe(request.spanContext().spanId)
    expect(span?.attributes).toEqual({
      'server.address': 'broker.test',
      'server.port': 80,
      'messaging.system': 'nakadi',
      'messaging.operation.name': 'send',
      'messaging.operation.type': 'send',
      'messaging.destination.name': ORDER_PLACED,
      'messaging.batch.message_count': 3,
    })
  })

  it('puts its span into span_ctx, unless the event has one', async () => {
    const { instrumentation, spans } = recorder()
    const world = await createWorld()
    const own = { metadata: { span_ctx: { own: 'yes' } }, n: 2 }
    await publish(world, { instrumentation }, [{ n: 1 }, own])
    const found: unknown[] = []
    const consumer = consumerOf(world.client())
    const run = consumer.run((batch) => {
      found.push(...batch.events.map((event) => Reflect.get(Reflect.get(event, 'metadata'), 'span_ctx')))
      if (found.length === 2) void consumer.close()
    })
    await whileTimePasses(world.clock, run)
    const { traceId, spanId } = spans(send)[0]?.spanContext() ?? {}
    expect(found).toEqual([{ traceparent: `00-${traceId}-${spanId}-01` }, { own: 'yes' }])
  })

  it('counts events by what became of them, and not those that never left', async () => {
    const { instrumentation, points, spans } = recorder()
    const world = await createWorld()
    const odd: Order[] = [{ n: 1 }, { n: 'two' as unknown as number }, 3 as unknown as Order]
    await whileTimePasses(world.clock, publish(world, { instrumentation }, odd))
    const sent = await points('messaging.client.sent.messages')
    expect(sent.map(({ value, attributes }) => [value, attributes['error.type']])).toEqual([
      [1, undefined],
      [1, 'rejected'],
    ])
    expect(spans(send)[0]?.attributes['error.type']).toBe('rejected')
    expect((await points('rioni.producer.in_flight')).map(({ value }) => value)).toEqual([0])
  })

  it('times every call, failed ones by their error', async () => {
    const { instrumentation, points } = recorder()
    const world = await createWorld()
    await publish(world, { instrumentation }, orders(1, 2))
    const forbidden = async () => problem(403, 'no')
    await expect(publish(world, { instrumentation, fetch: forbidden }, orders(1, 1))).rejects.toThrow('403')
    const times = await points('messaging.client.operation.duration')
    expect(
      times.map(({ value, attributes }) => [Reflect.get(Object(value), 'count'), attributes['error.type']]),
    ).toEqual([
      [1, undefined],
      [1, 'forbidden'],
    ])
  })
})

describe('consuming, traced (row 17)', () => {
  it('is a consumer span per batch, with a link to each call that published its events', async () => {
    const { instrumentation, spans, points } = recorder()
    const world = await createWorld()
    await publish(world, { instrumentation }, orders(1, 3))
    await publish(world, { instrumentation }, orders(4, 5))
    await consume(world, { instrumentation }, 5)
    const [span] = spans(process)
    expect(span?.kind).toBe(SpanKind.CONSUMER)
    expect(span?.parentSpanContext).toBeUndefined()
    expect(span?.attributes['messaging.batch.message_count']).toBe(5)
    expect(span?.attributes['messaging.consumer.group.name']).toBe('default')
    expect(linked(span)).toEqual(spans(send).map((sent) => sent.spanContext().spanId))
    expect((await points('messaging.client.consumed.messages')).map(({ value }) => value)).toEqual([5])
    expect(await uncommitted(world)).toBe(0)
  })

  it('surrounds the handler, so that what it does belongs to the span', async () => {
    const { instrumentation, spans } = recorder()
    const world = await worldWithOrders(2)
    const consumer = consumerOf(world.client({ instrumentation }))
    const active: (string | undefined)[] = []
    const run = consumer.runEach(async ({ event }) => {
      await Promise.resolve()
      active.push(trace.getActiveSpan()?.spanContext().spanId)
      if (event.n === 2) void consumer.close()
    })
    await whileTimePasses(world.clock, run)
    expect(active).toEqual(spans(process).map((span) => span.spanContext().spanId))
    expect(active.length).toBe(2)
  })

  it('begins a trace of its own, whatever was active when the consumer was started', async () => {
    const { instrumentation, spans, tracer } = recorder()
    const world = await worldWithOrders(1)
    const start = trace.setSpan(ROOT_CONTEXT, tracer.startSpan('start of the service'))
    await context.with(start, () => consume(world, { instrumentation }, 1))
    expect(spans(process).map(({ parentSpanContext }) => parentSpanContext)).toEqual([undefined])
    expect(spans(commit).map(({ parentSpanContext }) => parentSpanContext)).toEqual([undefined])
  })

  it('tells failed calls of handlers by their error, and counts their events once', async () => {
    const { instrumentation, spans, points } = recorder()
    const world = await worldWithOrders(1)
    const consumer = consumerOf(world.client({ instrumentation }))
    const run = consumer.runEach((_, { attempt }) => {
      if (attempt === 1) throw new RangeError('the ledger is full')
      void consumer.close()
    })
    await whileTimePasses(world.clock, run)
    expect(spans(process).map(({ attributes }) => attributes['error.type'])).toEqual([
      'RangeError',
      undefined,
    ])
    expect((await points('messaging.client.consumed.messages')).map(({ value }) => value)).toEqual([1])
    const times = await points('messaging.process.duration')
    expect(times.map(({ attributes }) => attributes['error.type'])).toEqual(['RangeError', undefined])
    expect((await points('rioni.consumer.in_flight')).map(({ value }) => value)).toEqual([0])
  })

  it('tells a handler that throws nothing at all as failed, too', async () => {
    const { instrumentation, spans } = recorder()
    const world = await worldWithOrders(1)
    const consumer = consumerOf(world.client({ instrumentation }))
    const run = consumer.runEach((_, { attempt }) => {
      if (attempt === 1) throw undefined
      void consumer.close()
    })
    await whileTimePasses(world.clock, run)
    expect(spans(process).map(({ attributes }) => attributes['error.type'])).toEqual(['Error', undefined])
  })

  it('lasts, in a loop, until the batch is committed', async () => {
    const { instrumentation, spans } = recorder()
    const world = await createWorld()
    await publish(world, { instrumentation }, orders(1, 3))
    await whileTimePasses(
      world.clock,
      (async () => {
        for await (const batch of consumerOf(world.client({ instrumentation }))) {
          expect(spans(process)).toEqual([])
          await batch.commit()
          break
        }
      })(),
    )
    expect(spans(process).map(linked)).toEqual([spans(send).map((sent) => sent.spanContext().spanId)])
    const [span] = spans(commit)
    expect([span?.kind, span?.attributes['messaging.operation.type']]).toEqual([SpanKind.CLIENT, 'settle'])
  })
})

describe('the gauges of a consumer (row 17)', () => {
  it('tell commit age, time since progress and whether there is a stream, while it lives', async () => {
    const { instrumentation, points } = recorder(AggregationTemporality.DELTA)
    const world = await worldWithOrders(1)
    const consumer = consumerOf(world.client({ instrumentation }))
    const iterator = consumer[Symbol.asyncIterator]()
    const { value: batch } = await whileTimePasses(world.clock, iterator.next())
    await world.clock.advance(7_000)
    const read = async (name: string) => (await points(`rioni.consumer.${name}`)).map(({ value }) => value)
    expect([await read('commit_age'), await read('disconnected')]).toEqual([[7], [0]])
    expect((await read('time_since_progress'))[0]).toBeGreaterThanOrEqual(7)
    await whileTimePasses(world.clock, batch?.commit() ?? Promise.reject())
    expect(await read('commit_age')).toEqual([0])
    expect((await read('time_since_progress'))[0]).toBeLessThan(1)
    await whileTimePasses(world.clock, consumer.close())
    expect(await read('disconnected')).toEqual([])
  })

  it('count reconnects by reason', async () => {
    const { instrumentation, points } = recorder()
    const world = await worldWithOrders(1)
    const consumer = consumerOf(world.client({ instrumentation }), { streamTimeoutSeconds: 10 })
    const run = consumer.run(() => {})
    await world.clock.advance(40_000)
    await consumer.close()
    await run
    const counted = await points('rioni.consumer.reconnects')
    expect(counted.map(({ attributes }) => attributes['rioni.reconnect.reason'])).toEqual(['stream-timeout'])
  })

  it('tell the lag that is watched, and nothing when it is watched no more', async () => {
    const { instrumentation, points } = recorder(AggregationTemporality.DELTA)
    const world = await worldWithOrders(12)
    const subscription = await world.client().subscriptions.createOrGet({
      owning_application: 'billing',
      event_types: [ORDER_PLACED],
      read_from: 'begin',
    })
    await consume(world, {}, 1)
    const watch = watchLag(world.client({ instrumentation }), subscription.id)
    await world.clock.advance(100)
    const [lag] = await points('rioni.consumer.lag')
    expect(lag).toMatchObject({
      value: watch.latest?.unconsumedEvents,
      attributes: { 'messaging.destination.name': ORDER_PLACED },
    })
    await watch.close()
    expect(await points('rioni.consumer.lag')).toEqual([])
  })
})

describe('spans and metrics (row 17)', () => {
  it('hold no token', async () => {
    const { instrumentation, everything } = recorder()
    const world = await createWorld()
    const options = { instrumentation, token: 'secret-token-1' }
    await publish(world, options, orders(1, 3))
    const leaky = async () => {
      throw Object.assign(new Error('Bearer secret-token-1 was refused'), { headers: 'secret-token-1' })
    }
    await whileTimePasses(
      world.clock,
      publish(world, { ...options, fetch: leaky }, orders(4, 4)).catch(() => undefined),
    )
    await consume(world, options, 3)
    const text = await everything()
    expect(text).toContain('messaging.system')
    expect(text).not.toContain('secret-token')
  })

  it.each(metricNames)('have few values: %s has attributes out of small sets alone', async (name) => {
    const { instrumentation, points } = recorder()
    const world = await createWorld()
    await publish(world, { instrumentation }, orders(1, 3))
    await consume(world, { instrumentation }, 3)
    const keys = (await points(name)).flatMap(({ attributes }) => Object.keys(attributes))
    expect(keys.filter((key) => !fewValues.includes(key))).toEqual([])
    expect(keys.length).toBeGreaterThan(0)
  })
})

function linked(span: ReadableSpan | undefined): (string | undefined)[] {
  return span?.links.map(({ context: { spanId } }) => spanId) ?? []
}
