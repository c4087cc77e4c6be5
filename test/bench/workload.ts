// The events that benchmarks send, and the broker they send them to: a process of its own, as in production.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { NewEventType } from '@rioni/protocol'

/** The event type that every benchmark uses: validated, hash-partitioned, eight partitions. */
export const benchEventType: NewEventType = {
  name: 'bench.order-placed',
  owning_application: 'bench',
  category: 'business',
  enrichment_strategies: ['metadata_enrichment'],
  partition_strategy: 'hash',
  partition_key_fields: ['order_number'],
  default_statistic: { messages_per_minute: 1, message_size: 1, read_parallelism: 8, write_parallelism: 8 },
  schema: {
    type: 'json_schema',
    schema: JSON.stringify({
      type: 'object',
      required: ['order_number', 'amount', 'note'],
      properties: { order_number: { type: 'string' }, amount: { type: 'number' }, note: { type: 'string' } },
    }),
  },
}

/** An event of about `bytes` bytes, without metadata. */
export function benchEvent(index: number, bytes: number): object {
  return { order_number: `order-${index}`, amount: index / 100, note: 'x'.repeat(Math.max(0, bytes - 60)) }
}

/** One line of a stream with 100 events of about `bytes` bytes each, as the broker writes it. */
export function benchLine(index: number, bytes: number): string {
  const metadata = {
    eid: '3b5b7ea1-7a5e-4f2f-9d33-5c8a3f6b2f10',
    occurred_at: '2026-01-01T00:00:00.000Z',
    event_type: benchEventType.name,
    received_at: '2026-01-01T00:00:00.001Z',
    flow_id: 'bench',
    partition: '0',
    version: '1.0.0',
    published_by: 'unauthenticated',
  }
  const events = Array.from({ length: 100 }, (_, i) => ({
    metadata,
    ...benchEvent(index * 100 + i, bytes - 270),
  }))
  const offset = `001-0001-${String(index * 100 + 99).padStart(18, '0')}`
  return `${JSON.stringify({ cursor: { partition: '0', offset, event_type: benchEventType.name, cursor_token: 't' }, events })}\n`
}

/** A running server. */
export interface BenchServer {
  readonly url: string
  stop(): Promise<void>
}

/** Starts `rioni broker` on a free port, with these flags too. */
export function startBroker(flags: readonly string[] = []): Promise<BenchServer> {
  const cli = fileURLToPath(new URL('../../../packages/cli/bin/rioni.js', import.meta.url))
  return start([cli, 'broker', '--port', '0', '--log-level', 'error', ...flags])
}

/** Starts the server that every broker is measured beside. */
export function startBareServer(eventBytes: number): Promise<BenchServer> {
  return start([fileURLToPath(new URL('./bare-server.js', import.meta.url)), String(eventBytes)])
}

/** Starts the server that consumers are measured with. */
export function startStreamServer(eventBytes: number): Promise<BenchServer> {
  return start([fileURLToPath(new URL('./stream-server.js', import.meta.url)), String(eventBytes)])
}

async function start(argv: readonly string[]): Promise<BenchServer> {
  const child = spawn(process.execPath, argv, { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = await once(createInterface(child.stdout), 'line')
  return {
    url: String(line).replace('listening on ', ''),
    async stop() {
      const exited = once(child, 'exit')
      child.kill('SIGTERM')
      await exited
    },
  }
}
