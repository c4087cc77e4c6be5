import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { run } from 'rioni'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type BrokerScene,
  consumeFromBegin,
  createBrokerScene,
  eventType,
  numbersOf,
} from './broker-scene.ts'
import { createMemoryEnvironment } from './memory-environment.ts'

let scene: BrokerScene
let folder: string

beforeAll(async () => {
  scene = await createBrokerScene()
  folder = await mkdtemp(join(tmpdir(), 'rioni-publish-'))
})

afterAll(async () => {
  await scene[Symbol.asyncDispose]()
  await rm(folder, { recursive: true })
})

async function fileWith(content: string): Promise<string> {
  const file = join(folder, 'events')
  await writeFile(file, content)
  return file
}

describe('rioni publish', () => {
  it('publishes JSON lines from standard input', async () => {
    const ended = await scene.rioni(['publish', eventType], { stdin: '{"n":1}\n{"n":2}\n' })
    expect(ended).toEqual({ exitCode: 0, stdout: '', stderr: 'published 2, rejected 0\n' })
  })

  it('publishes a JSON array from a file', async () => {
    const file = await fileWith('[\n  {"n": 1},\n  {"n": 2}\n]\n')
    const ended = await scene.rioni(['publish', eventType, file])
    expect(ended).toEqual({ exitCode: 0, stdout: '', stderr: 'published 2, rejected 0\n' })
  })

  it('takes a file called - for standard input', async () => {
    const { stderr } = await scene.rioni(['publish', eventType, '-'], { stdin: '{"n":1}' })
    expect(stderr).toBe('published 1, rejected 0\n')
  })

  it.each(['', '\n\n', '[]'])('says that there is no event in an input like %j', async (stdin) => {
    const ended = await scene.rioni(['publish', eventType], { stdin })
    const stderr = 'no events in the input\npublished 0, rejected 0\n'
    expect(ended).toEqual({ exitCode: 0, stdout: '', stderr })
  })

  it('publishes the neighbours of a rejected event, and tells its line, step and reason', async () => {
    const stdin =
      '{"n":1}\n\n{"n":"two","metadata":{"eid":"7a3a1e0d-5b0c-4b5b-9e0a-000000000002"}}\nthree\n{"n":4}\n'
    const { exitCode, stderr } = await scene.rioni(['publish', eventType], { stdin })
    expect(exitCode).toBe(1)
    expect(stderr).toContain(
      'line 3 (eid 7a3a1e0d-5b0c-4b5b-9e0a-000000000002): rejected in step validating: #/n: expected type: Number, found: String\n',
    )
    expect(stderr).toMatch(/^line 4: rejected in step reading: not JSON \(.+\)$/m)
    expect(stderr).toMatch(/^published 2, rejected 2\n$/m)
  })

  it('keeps the order of many events', async () => {
    await scene.rioni(['consume', eventType, '--owning-application', 'order', '--stop-when-idle', '1'])
    await scene.publish(2500)
    const { stdout } = await scene.rioni([
      'consume',
      eventType,
      '--owning-application',
      'order',
      '--limit',
      '2500',
    ])
    expect(numbersOf(stdout)).toEqual(Array.from({ length: 2500 }, (_, index) => index + 1))
  })
})

describe('rioni publish that cannot do its work', () => {
  it('does not read the input when there is no such event type', async () => {
    const stdin = Readable.from([Buffer.from('{}')])
    const { exitCode, stderr } = await scene.rioni(['publish', 'no.such-type'], { stdin })
    expect(exitCode).toBe(1)
    expect(stderr).toContain(
      'HTTP 404 Not Found: EventType "no.such-type" does not exist. Check the name or id, and that --url or RIONI_URL is the right broker. (flow id ',
    )
    expect(stdin.readableDidRead).toBe(false)
  })

  it('names a file that is not there', async () => {
    const { exitCode, stderr } = await scene.rioni(['publish', eventType, '/no/such/file'])
    expect(exitCode).toBe(1)
    expect(stderr).toBe('error: there is no /no/such/file\n  Check the spelling of the path.\n')
  })

  it('publishes nothing of an input in another format', async () => {
    const { exitCode, stderr } = await scene.rioni(['publish', eventType], { stdin: '{\n  "n": 1\n}\n' })
    expect(exitCode).toBe(1)
    expect(stderr).toContain('error: the input is neither JSON lines nor a JSON array: line 1 is not JSON')
    expect(stderr).not.toContain('published 0')
  })

  it('says how to start a broker when there is none, without a stack', async () => {
    const { exitCode, stderr } = await scene.rioni(['publish', eventType], {
      env: { RIONI_URL: 'http://127.0.0.1:1' },
    })
    expect(exitCode).toBe(1)
    expect(stderr).toContain('[unreachable]')
    expect(stderr).toContain('Check --url or RIONI_URL and that the broker is running.')
    expect(stderr).toContain("Start a broker with 'rioni broker'")
    expect(stderr).not.toMatch(/^\s+at /m)
  })

  it('does not wait for more input after a request that failed', async () => {
    await using fresh = await createBrokerScene()
    const stdin = new Readable({ read: () => {} })
    const running = fresh.rioni(['publish', eventType], { stdin })
    stdin.push('{"n":1}\n')
    await fresh.rioni(consumeFromBegin('--limit', '1'))
    await fresh[Symbol.asyncDispose]()
    stdin.push('{"n":2}\n')
    const { exitCode, stderr } = await running
    expect(exitCode).toBe(1)
    expect(stderr).toContain(
      'not published: the event at line 2, and all that follow\npublished 1, rejected 0\n',
    )
  })

  it('shows the stack when it is asked for', async () => {
    const env = { RIONI_URL: 'http://127.0.0.1:1', RIONI_DEBUG: '1' }
    const { stderr } = await scene.rioni(['publish', eventType], { env })
    expect(stderr).toMatch(/^\s+at /m)
  })

  it('stops reading when it is told to, and tells what was published until then', async () => {
    await using fresh = await createBrokerScene()
    const stdin = new Readable({ read: () => {} })
    const { environment, stderr, stop } = createMemoryEnvironment({ stdin, env: { RIONI_URL: fresh.url } })
    const running = run(['publish', eventType], environment)
    stdin.push('{"n":1}\n')
    await fresh.rioni(consumeFromBegin('--limit', '1'))
    stop()
    expect(await running).toBe(130)
    expect(stderr()).toBe('published 1, rejected 0\ninterrupted: the rest of the input was not read\n')
  })
})

describe('the token', () => {
  it('comes from the file, which wins over the variable, and never shows', async () => {
    const file = await fileWith('')
    const argv = ['publish', eventType, '--token-file', file]
    const { exitCode, stderr } = await scene.rioni(argv, { env: { RIONI_TOKEN: 's3cret' } })
    expect(exitCode).toBe(1)
    expect(stderr).toContain('The token is empty')
    expect(stderr).not.toContain('s3cret')
  })

  it('that cannot be sent is refused without being shown', async () => {
    const { exitCode, stderr } = await scene.rioni(['publish', eventType], {
      env: { RIONI_TOKEN: 's3cret two' },
    })
    expect(exitCode).toBe(1)
    expect(stderr).toContain('[token]')
    expect(stderr).not.toContain('s3cret')
  })

  it('in the address is refused without being shown', async () => {
    const { exitCode, stderr } = await scene.rioni([
      'publish',
      eventType,
      '--url',
      'http://me:s3cret@127.0.0.1',
    ])
    expect(exitCode).toBe(2)
    expect(stderr).toContain("error: option '--url' is invalid. Credentials do not belong in the address")
    expect(stderr).not.toContain('s3cret')
  })
})
