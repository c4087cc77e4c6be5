import {
  type BrokerOptions,
  createBroker,
  createManualClock,
  createMemoryStorage,
  type ManualClock,
  seededRandom,
} from '@rioni/broker'
import type { HttpHandler } from 'msw'
import { type BrokerFetch, nakadiHandlers } from './nakadi-handlers.ts'
import { untilStreaming } from './open-streams.ts'
import { publishedEvents } from './published-events.ts'

/** How a mock broker differs from one that stands alone: it is repeatable, and it keeps everything in memory. */
export interface MockBrokerOptions extends Omit<BrokerOptions, 'clock' | 'random' | 'storage'> {
  /**
   * Where the code under test believes Nakadi to be.
   *
   * @default 'https://nakadi.example.org'
   */
  readonly baseUrl?: string
  /**
   * The broker's time. It stands still until the test moves it, so that flush, commit and stream timeouts happen
   * when the test says.
   *
   * @default a manual clock at the beginning of 2026
   */
  readonly clock?: ManualClock
  /**
   * Where the broker's random numbers start: the same seed gives the same ids and the same random partitions.
   *
   * @default 1
   */
  readonly seed?: number
}

/** A broker for tests, and what tests want from it. */
export interface MockBroker extends BrokerFetch {
  /** Where the handlers answer. */
  readonly baseUrl: string
  /** For `setupServer(...)` of MSW. They stay the same when the broker is reset. */
  readonly handlers: HttpHandler[]
  /** The broker's time. */
  readonly clock: ManualClock
  /**
   * All events of an event type, as a consumer would receive them: in order per partition, one partition after
   * another unless the clock has moved between them.
   *
   * @typeParam E what the caller knows these events to be; it is not checked
   * @throws Error when there is no such event type
   */
  published<E = unknown>(eventType: string): Promise<E[]>
  /**
   * Waits until consumers have opened so many streams. After that, `clock.advance(...)` passes the time that they let
   * the broker wait for full batches.
   *
   * @param streams open at the same time, over all subscriptions; 1 when left out
   */
  untilStreaming(streams?: number): Promise<void>
  /** Forgets everything, as if the broker had just been created; open streams end. The clock keeps its time. */
  reset(): Promise<void>
  /** Ends open streams and stops the broker. */
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/**
 * Creates the reference broker for a test: in memory, with a clock that the test moves and random numbers that
 * repeat. Reach it through its `handlers`, through `nakadiInterceptor` of `@rioni/mock/undici`, or by its `fetch`.
 */
export function createMockBroker(options: MockBrokerOptions = {}): MockBroker {
  const {
    baseUrl = 'https://nakadi.example.org',
    clock = createManualClock(),
    seed = 1,
    ...brokerOptions
  } = options

  const start = () => {
    const storage = createMemoryStorage()
    return { storage, broker: createBroker({ ...brokerOptions, clock, random: seededRandom(seed), storage }) }
  }
  let current = start()

  const fetch = (request: Request) => current.broker.fetch(request)
  const close = () => current.broker.close()
  return {
    baseUrl,
    handlers: nakadiHandlers({ fetch }, baseUrl),
    clock,
    fetch,
    published: (eventType) => publishedEvents(current.storage, eventType),
    untilStreaming: (streams = 1) => untilStreaming(current.storage, streams),
    async reset() {
      const { broker } = current
      current = start()
      await broker.close()
    },
    close,
    [Symbol.asyncDispose]: close,
  }
}
