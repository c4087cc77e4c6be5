// What tells one generator from another, so that no output of an older one passes for that of a newer.

import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The version of this package and the state of its modules, which changes with every build of it. */
export function generatorVersion(): string {
  const root = fileURLToPath(new URL('..', import.meta.url))
  const hash = createHash('sha256').update(readFileSync(join(root, '../package.json')))
  for (const file of readdirSync(root, { recursive: true, encoding: 'utf8' }).sort()) {
    if (!/\.[jt]s$/.test(file)) continue
    const { size, mtimeMs } = statSync(join(root, file))
    hash.update(`${file} ${size} ${mtimeMs}\n`)
  }
  return hash.digest('base64url')
}
