// The guide on contracts in CI, followed literally from top to bottom.

import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { LINT_RULES } from '@rioni/codegen'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { firstLine, outputOf, type RunningProcess, startRioni, startShell } from '../cli/processes.ts'
import { withoutCounts } from './without-counts.ts'

const page = await readFile(new URL('../../docs/guides/contracts-in-ci.md', import.meta.url), 'utf8')

/** The files and commands of the page, in its order. */
const steps = [
  ...page.matchAll(
    /<!-- file: (?<path>\S+) -->\n```\w+\n(?<content>.*?)```|<!-- exits with (?<exitCode>\d) -->\n```sh\n(?<command>.*?)```\n\n```text\n(?<output>.*?)```/gs,
  ),
].map(({ groups = {} }) => groups)

describe('the guide on contracts in CI', () => {
  let folder: string
  let broker: RunningProcess
  let url: string

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rioni-guide-'))
    await symlink(fileURLToPath(new URL('../../node_modules', import.meta.url)), join(folder, 'node_modules'))
    broker = startRioni(['broker'], { cwd: folder, env: { RIONI_PORT: '0' } })
    url = (await firstLine(broker)).replace('listening on ', '')
  })

  afterAll(async () => {
    broker.kill('SIGTERM')
    await broker.ended
    await rm(folder, { recursive: true })
  })

  it('has files and commands', () => {
    expect(steps.filter(({ command }) => command !== undefined).length).toBeGreaterThan(8)
  })

  it('lists the rules of the linter as they are', () => {
    const rows = [...page.matchAll(/^\| `([a-z-]+)` \| (error|warning) \| (.+) \|$/gm)].map(
      ([, ...row]) => row,
    )
    expect(rows).toEqual(LINT_RULES.map(({ id, level, summary }) => [id, level, summary]))
  })

  it('prints what it says', { timeout: 120_000 }, async () => {
    for (const { path, content = '', command = '', exitCode, output } of steps) {
      if (path !== undefined) {
        await mkdir(dirname(join(folder, path)), { recursive: true })
        await writeFile(join(folder, path), content)
        continue
      }
      const running = startShell(command.trim(), { cwd: folder, env: { RIONI_URL: url, GITHUB_ACTIONS: '' } })
      const stdout = await outputOf(running)
      const ended = await running.ended
      const printed = (stdout + ended.stderr).replaceAll(url, 'http://127.0.0.1:8080')
      expect({ command, exitCode: ended.exitCode, output: withoutCounts(printed) }).toEqual({
        command,
        exitCode: Number(exitCode),
        output: withoutCounts(output ?? ''),
      })
    }
  })
})
