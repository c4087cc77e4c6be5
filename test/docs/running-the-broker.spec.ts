// The guide to running the broker, followed literally.

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { firstLine, outputOf, type RunningProcess, startRioni, startShell } from '../cli/processes.ts'

const page = await readFile(new URL('../../docs/guides/running-the-broker.md', import.meta.url), 'utf8')

/** A `curl` for machines that have none: `curl -s URL`. */
const CURL = `curl() { '${process.execPath}' -e 'fetch(process.argv[2]).then((r) => r.text()).then((t) => console.log(t))' -- "$@"; }`

/** The commands of the guide with the output that it promises. */
const steps = [...page.matchAll(/<!-- prints -->\n```sh\n(.*?)```\n\n```text\n(.*?)```/gs)].map(
  ([, command = '', output]) => ({ command: command.trim(), output }),
)

describe('the guide to running the broker', () => {
  let folder: string
  let broker: RunningProcess
  let url: string

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rioni-guide-'))
    for (const [, path = '', text = ''] of page.matchAll(/<!-- file: (\S+) -->\n```\w+\n(.*?)```/gs)) {
      await writeFile(join(folder, path), text)
    }
    const [, flags = ''] = /<!-- runs until .*? -->\n```sh\nnpx rioni (.*?)\n```/s.exec(page) ?? []
    broker = startRioni(flags.split(' '), { cwd: folder, env: { RIONI_PORT: '0' } })
    url = (await firstLine(broker)).replace('listening on ', '')
  })

  afterAll(async () => {
    broker.kill('SIGTERM')
    await broker.ended
    await rm(folder, { recursive: true })
  })

  it('has commands to follow', () => {
    expect(steps.length).toBe(2)
  })

  it.each(steps)('says what is printed by $command', async ({ command, output }) => {
    const step = startShell(`${CURL}; ${command.replace('http://127.0.0.1:8080', url)}`)
    expect(await outputOf(step)).toBe(output)
  })

  it('names every flag with its default, and no other', async () => {
    const help = await outputOf(startRioni(['broker', '--help']))
    const flags = [...help.matchAll(/^ {2}(--[a-z-]+)/gm)]
      .map(([, flag]) => flag)
      .filter((flag) => flag !== '--help')
    expect(firstColumn('flag')).toEqual(flags)
  })

  it('names every metric of the broker, and no other', async () => {
    const headers = { Authorization: 'Bearer token-of-the-operator' }
    const text = await (await fetch(`${url}/prometheus`, { headers })).text()
    const names = [...text.matchAll(/^# TYPE (\w+)/gm)].map(([, name = '']) => name)
    const own = names.filter((name) => !/^(process|nodejs)_/.test(name))
    expect(firstColumn('metric').toSorted()).toEqual(own.toSorted())
    expect(names).toContain('process_resident_memory_bytes')
  })

  /** What is in code type in the first column of the table with this title. */
  function firstColumn(title: string): string[] {
    const table = page.split(`\n| ${title} |`)[1]?.split('\n\n')[0] ?? ''
    return [...table.matchAll(/^\| `([^`]+)` \|/gm)].map(([, cell = '']) => cell)
  }
})
