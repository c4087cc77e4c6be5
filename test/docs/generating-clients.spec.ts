// The guide on generating clients, followed literally.

import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { outputOf, startRioni, startShell } from '../cli/processes.ts'
import { withoutCounts } from './without-counts.ts'

const page = await readFile(new URL('../../docs/guides/generating-clients.md', import.meta.url), 'utf8')
const files = [...page.matchAll(/<!-- file: (\S+) -->\n```\w+\n(.*?)```/gs)]
const [step] = page.matchAll(/<!-- exits with 0 -->\n```sh\n(.*?)```\n\n```text\n(.*?)```/gs)

describe('the guide on generating clients', () => {
  let folder: string

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rioni-guide-'))
    await symlink(fileURLToPath(new URL('../../node_modules', import.meta.url)), join(folder, 'node_modules'))
    for (const [, path = '', text = ''] of files) {
      await mkdir(dirname(join(folder, path)), { recursive: true })
      await writeFile(join(folder, path), text)
    }
  })

  afterAll(() => rm(folder, { recursive: true }))

  it('begins with a command that prints what it says', async () => {
    const [, command = '', output = ''] = step ?? []
    const running = startShell(command.trim(), { cwd: folder })
    const stdout = await outputOf(running)
    const { exitCode, stderr } = await running.ended
    expect({ exitCode, output: withoutCounts(stdout + stderr) }).toEqual({
      exitCode: 0,
      output: withoutCounts(output),
    })
  })

  it('has a config that generates what its sources describe', async () => {
    const running = startRioni(['generate'], { cwd: folder })
    await outputOf(running)
    expect(await running.ended).toEqual({ exitCode: 0, stderr: expect.stringMatching(/^proof: 100 %.*\n$/) })
    const modules = ['customer-registered.ts', 'order-placed.ts', 'return-accepted.ts']
    expect(await readdir(join(folder, 'src/events'))).toEqual(expect.arrayContaining(modules))
  })

  it('ends with a check that finds nothing stale', async () => {
    const running = startRioni(['generate', '--check'], { cwd: folder })
    expect(await outputOf(running)).toBe('')
    expect((await running.ended).exitCode).toBe(0)
  })
})
