import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createClient } from '@rioni/client'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  type BrokerScene,
  consumeFromBegin,
  createBrokerScene,
  eventType,
  numbersOf,
} from './broker-scene.ts'
import { firstLine, linesOf, main, outputOf, startRioni, startShell } from './processes.ts'

let scene: BrokerScene
let env: Record<string, string>

beforeEach(async () => {
  scene = await createBrokerScene()
  env = { RIONI_URL: scene.url }
})

afterEach(async () => {
  await scene[Symbol.asyncDispose]()
})

function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1)
}

describe('the process of rioni broker', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('listens on a free port and ends with 0 on %s', async (signal) => {
    const broker = startRioni(['broker', '--port', '0'])
    const line = await firstLine(broker)
    expect(line).toMatch(/^listening on http:\/\/127\.0\.0\.1:\d+$/)
    const answer = await fetch(`${line.replace('listening on ', '')}/event-types`)
    expect(answer.status).toBe(200)
    broker.kill(signal)
    const { exitCode, stderr } = await broker.ended
    expect(exitCode).toBe(0)
    expect(stderr).toMatch(/ stopping .* stopped\n$/s)
  })

  it('ends with 1 when its port is in use', async () => {
    const { port } = new URL(scene.url)
    const { exitCode, stderr } = await startRioni(['broker', '--port', port]).ended
    expect({ exitCode, stderr }).toEqual({
      exitCode: 1,
      stderr: `error: port ${port} on 127.0.0.1 is already in use\n  Choose another with --port, or let --port 0 pick a free one.\n`,
    })
  })

  it('closes the streams of its consumers before it ends', async () => {
    const broker = startRioni(['broker', '--port', '0'])
    const url = (await firstLine(broker)).replace('listening on ', '')
    const client = createClient({ baseUrl: url })
    await client.eventTypes.create(await scene.client.eventTypes.get(eventType))
    const consumer = startRioni(consumeFromBegin(), { env: { RIONI_URL: url } })
    const publisher = startShell(`echo '{"n":1}' | rioni publish ${eventType}`, { env: { RIONI_URL: url } })
    expect(await publisher.ended).toMatchObject({ exitCode: 0 })
    expect(JSON.parse(await firstLine(consumer)).n).toBe(1)
    broker.kill('SIGTERM')
    expect(await broker.ended).toMatchObject({ exitCode: 0 })
    consumer.kill('SIGINT')
    expect(await consumer.ended).toMatchObject({ exitCode: 0 })
  })
})

describe('the process of rioni publish and rioni consume', () => {
  it('carry events from pipe to pipe', async () => {
    const publisher = startShell(`seq 3000 | sed 's/.*/{"n":&}/' | rioni publish ${eventType}`, { env })
    expect(await publisher.ended).toEqual({ exitCode: 0, stderr: 'published 3000, rejected 0\n' })
    const consumer = startShell(`rioni ${consumeFromBegin('--limit', '3000').join(' ')} | cat`, { env })
    expect(numbersOf(await outputOf(consumer))).toEqual(upTo(3000))
    expect(await consumer.ended).toEqual({ exitCode: 0, stderr: 'consumed 3000\n' })
  })

  it('end quietly with 0 when the reader of a pipe has seen enough', async () => {
    await scene.publish(3000)
    const pipeline = startShell(`rioni ${consumeFromBegin().join(' ')} | head -n 1`, { env })
    expect(numbersOf(await outputOf(pipeline))).toEqual([1])
    const { exitCode, stderr } = await pipeline.ended
    expect(exitCode).toBe(0)
    expect(stderr).toMatch(/^consumed \d+\n$/)
  })

  it('stop on SIGINT after committing what was written', async () => {
    await scene.publish(10)
    const consumer = startRioni(consumeFromBegin(), { env })
    expect(JSON.parse(await firstLine(consumer)).n).toBe(1)
    consumer.kill('SIGINT')
    expect(await consumer.ended).toEqual({ exitCode: 0, stderr: 'stopping\nconsumed 10\n' })
  })

  it('end at once on a second signal, although the reader of the output is stuck', async () => {
    await scene.publish(5000)
    const consumer = startRioni(consumeFromBegin('--batch-limit', '5000'), { env })
    await once(consumer.stdout, 'readable')
    consumer.kill('SIGINT')
    await consumer.told('stopping')
    consumer.kill('SIGINT')
    // What is left in the pipe must be read for the process to be seen as closed.
    consumer.stdout.resume()
    expect(await consumer.ended).toEqual({ exitCode: 130, stderr: 'stopping\n' })
  })

  it('lose nothing when a consumer is killed half-way and started again', async () => {
    await scene.publish(3000)
    const argv = consumeFromBegin('--batch-limit', '50', '--commit-timeout', '1')
    const killed = startRioni(argv, { env })
    const before: string[] = []
    for await (const line of linesOf(killed)) {
      before.push(line)
      if (before.length === 1000) killed.kill('SIGKILL')
    }
    expect(await killed.ended).toMatchObject({ exitCode: undefined })
    const restarted = startRioni([...argv, '--stop-when-idle', '2'], { env })
    const after = numbersOf(await outputOf(restarted))
    // The last line before the kill may be cut short. Then its batch was not committed, and it comes again.
    const whole = before.filter(isJson)
    const seen = new Set([...numbersOf(whole.join('\n')), ...after])
    expect([...seen].sort((a, b) => a - b)).toEqual(upTo(3000))
    expect(after.length).toBeLessThan(3000)
  })
})

function isJson(line: string): boolean {
  try {
    JSON.parse(line)
    return true
  } catch {
    return false
  }
}

describe('the process', () => {
  it('ends with 2 after a flag that does not exist', async () => {
    const { exitCode, stderr } = await startRioni(['broker', '--prot', '1']).ended
    expect(exitCode).toBe(2)
    expect(stderr).toContain("error: unknown option '--prot'\n(Did you mean --port?)\n")
  })

  it('ends with 0 when nobody reads its help', async () => {
    expect(await startShell('rioni --help | true').ended).toEqual({ exitCode: 0, stderr: '' })
  })

  it('starts with the line that makes it a program', async () => {
    expect(await readFile(main, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/)
  })
})
