import { readFileSync } from 'node:fs'

/** The version of this package, read from the package.json that was published with it. */
export function readVersion(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8')
  const { version } = JSON.parse(text) as { version: string }
  return version
}
