// The first steps of the command line's README, followed literally.

import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { firstLine, outputOf, type RunningProcess, startRioni, startShell } from './processes.ts'

const readme = await readFile(new URL('../../packages/cli/README.md', import.meta.url), 'utf8')

/** The commands of the README with the exit code and the output that it promises. */
const steps = [...readme.matchAll(/<!-- exits with (\d) -->\n```sh\n(.*?)```\n\n```text\n(.*?)```/gs)].map(
  ([, exitCode, command = '', output]) => ({ exitCode: Number(exitCode), command: command.trim(), output }),
)

describe('the first steps in the README', () => {
  let folder: string
  let broker: RunningProcess
  let env: Record<string, string>

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rioni-readme-'))
    for (const [, path = '', text = ''] of readme.matchAll(/<!-- file: (\S+) -->\n```\w+\n(.*?)```/gs)) {
      await mkdir(dirname(join(folder, path)), { recursive: true })
      await writeFile(join(folder, path), text)
    }
    const [, flags = ''] = /<!-- broker -->\n```sh\nnpx rioni (.*?)\n```/s.exec(readme) ?? []
    broker = startRioni(flags.split(' '), { cwd: folder, env: { RIONI_PORT: '0' } })
    env = { RIONI_URL: (await firstLine(broker)).replace('listening on ', '') }
  })

  afterAll(async () => {
    broker.kill('SIGTERM')
    await broker.ended
    await rm(folder, { recursive: true })
  })

  it('are some', () => {
    expect(steps.length).toBe(3)
  })

  it.each(steps)('$command prints what the README says', async ({ exitCode, command, output }) => {
    const step = startShell(command, { cwd: folder, env })
    const stdout = await outputOf(step)
    const ended = await step.ended
    expect({ exitCode: ended.exitCode, output: stdout + ended.stderr }).toEqual({ exitCode, output })
  })
})
