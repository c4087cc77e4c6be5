// The README's example, followed literally: its files are written to a folder, its commands and programs are run.

import { type ChildProcessWithoutNullStreams, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..')
const cli = join(root, 'packages/cli/bin/rioni.js')
const compiler = join(root, 'node_modules/@typescript/native/bin/tsc')

describe('the example of the README', () => {
  let folder: string
  let broker: ChildProcessWithoutNullStreams
  let url: string

  beforeAll(async () => {
    // Inside the checkout, so that `@rioni/client` is found as it would be in a project that installed it.
    folder = mkdtempSync(join(root, 'test/dist/readme-'))
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
    for (const { path, text } of filesIn(readFileSync(join(root, 'README.md'), 'utf8'))) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), text)
    }
    run(cli, 'generate', '--from', 'event-types', '--out', 'src/events')
    broker = start(cli, {}, 'broker', '--port', '0', '--event-types', 'event-types')
    url = (await firstLine(broker)).replace('listening on ', '')
  })

  afterAll(async () => {
    await stop(broker, 'SIGTERM')
    rmSync(folder, { recursive: true, force: true })
  })

  it('compiles', () => {
    expect(run(compiler)).toBe('')
  })

  it('publishes an order', () => {
    expect(run('dist/publish.js')).toBe('submitted\n')
  })

  it('consumes that order, and ends on Ctrl-C', async () => {
    const consumer = start('dist/consume.js', { RIONI_URL: url })
    expect(await firstLine(consumer)).toBe('invoice 24873243241: 19.99 EUR')
    expect(await stop(consumer, 'SIGINT')).toBe(0)
  })

  function run(program: string, ...args: string[]): string {
    const env = { ...process.env, RIONI_URL: url }
    return execFileSync(process.execPath, [program, ...args], { cwd: folder, env, encoding: 'utf8' })
  }

  function start(
    program: string,
    env: Record<string, string>,
    ...args: string[]
  ): ChildProcessWithoutNullStreams {
    return spawn(process.execPath, [program, ...args], { cwd: folder, env: { ...process.env, ...env } })
  }
})

/** The code blocks of a Markdown text that follow a comment naming a file. */
function filesIn(markdown: string): { path: string; text: string }[] {
  const blocks = markdown.matchAll(/<!-- file: (\S+) -->\n```\w+\n(.*?)```\n/gs)
  return [...blocks].map(([, path = '', text = '']) => ({ path, text }))
}

async function firstLine(child: ChildProcessWithoutNullStreams): Promise<string> {
  const errors: Buffer[] = []
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk))
  for await (const line of createInterface(child.stdout)) return line
  throw new Error(`the program ended without a line: ${Buffer.concat(errors).toString()}`)
}

/** Resolves with the exit code. */
async function stop(child: ChildProcessWithoutNullStreams, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
  const exited = once(child, 'exit')
  child.kill(signal)
  const [code] = await exited
  return code
}
