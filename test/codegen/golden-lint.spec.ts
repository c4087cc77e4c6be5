// Generated code passes a linter with its recommended rules, so that projects need not leave it out.

import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const golden = fileURLToPath(new URL('../../codegen/golden', import.meta.url))
const biome = createRequire(import.meta.url).resolve('@biomejs/biome/bin/biome')

const CONFIG = {
  root: true,
  files: { includes: ['**/expected/*.ts'] },
  formatter: { enabled: false },
  // A comment with such words in it, which is what the case of hostile strings has, is no directive.
  linter: { rules: { preset: 'recommended', suspicious: { noTsIgnore: 'off' } } },
}

describe('the modules of the golden cases', () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'rioni-lint-'))
    cpSync(golden, folder, { recursive: true })
    writeFileSync(join(folder, 'biome.json'), JSON.stringify(CONFIG))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  it('break no recommended rule of biome, and their imports are sorted', async () => {
    const args = [biome, 'check', '--error-on-warnings', '--colors=off', '.']
    const told = await promisify(execFile)(process.execPath, args, { cwd: folder, timeout: 60_000 }).then(
      () => '',
      (error: { stdout: string; stderr: string }) => `${error.stdout}${error.stderr}`,
    )
    expect(told).toBe('')
  }, 60_000)
})
