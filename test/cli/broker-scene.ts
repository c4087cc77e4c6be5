// A broker on a free loopback port with one event type, and commands that are pointed at it.

import { createBroker } from '@rioni/broker'
import { serve } from '@rioni/broker/node'
import { type Client, createClient } from '@rioni/client'
import { run } from 'rioni'
import { createMemoryEnvironment, type MemoryInput } from './memory-environment.ts'

/** The event type of the scene: a business event with one required number `n`. */
export const eventType = 'order.order-placed'

/** A command that has ended. */
interface Ended {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

/** A running broker. */
export interface BrokerScene extends AsyncDisposable {
  readonly url: string
  readonly client: Client
  /** Runs one command line in memory, with `RIONI_URL` set. */
  readonly rioni: (argv: readonly string[], input?: MemoryInput) => Promise<Ended>
  /** Publishes `{ n }` for every number from 1 to `count`. */
  readonly publish: (count: number) => Promise<void>
}

/** Starts the broker. `await using` stops it. */
export async function createBrokerScene(): Promise<BrokerScene> {
  const broker = createBroker()
  const server = await serve(broker, { port: 0 })
  const client = createClient({ baseUrl: server.url })
  await client.eventTypes.create({
    name: eventType,
    owning_application: 'shop',
    category: 'business',
    enrichment_strategies: ['metadata_enrichment'],
    schema: {
      type: 'json_schema',
      schema: JSON.stringify({ properties: { n: { type: 'number' } }, required: ['n'] }),
    },
  })
  const scene: BrokerScene = {
    url: server.url,
    client,
    async rioni(argv, { stdin, env } = {}) {
      const memory = createMemoryEnvironment({
        ...(stdin === undefined ? {} : { stdin }),
        env: { RIONI_URL: server.url, ...env },
      })
      const exitCode = await run(argv, memory.environment)
      return { exitCode, stdout: memory.stdout(), stderr: memory.stderr() }
    },
    async publish(count) {
      const stdin = Array.from({ length: count }, (_, index) => JSON.stringify({ n: index + 1 })).join('\n')
      const { exitCode, stderr } = await scene.rioni(['publish', eventType], { stdin })
      if (exitCode !== 0) throw new Error(stderr)
    },
    async [Symbol.asyncDispose]() {
      await broker.close()
      await server.close()
    },
  }
  return scene
}

/** The `n` of every line. */
export function numbersOf(jsonLines: string): number[] {
  return jsonLines
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line).n)
}

/** The command line that consumes from the first event on. */
export function consumeFromBegin(...more: string[]): string[] {
  return ['consume', eventType, '--owning-application', 'reader', '--read-from', 'begin', ...more]
}
