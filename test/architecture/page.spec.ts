import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from './sources.ts'

const page = readFileSync(join(root, 'docs/architecture.md'), 'utf8')

describe('docs/architecture.md', () => {
  it('names only files and folders that exist', () => {
    expect(
      namedPlaces().filter(
        ({ name, folders }) => !folders.some((folder) => existsSync(join(root, folder, name))),
      ),
    ).toEqual([])
  })

  it('is short enough to be read', () => {
    expect(page.split('\n').length).toBeLessThan(300)
  })
})

/** Files and folders that the page names, each with the folders in which it may lie: its section's first. */
function namedPlaces(): { name: string; folders: string[] }[] {
  return page.split(/^### /m).flatMap((section) => {
    const own = [...(section.split('\n')[0] ?? '').matchAll(/`([^`]+)`/g)].map(([, path = '']) => path)
    const folders = ['', 'test/architecture', ...own.flatMap((path) => [path, `${path}/src`])]
    const names = [...section.matchAll(/`([\w./-]+(?:\.(?:ts|yaml|md|txt)|\/))`/g)].map(
      ([, name = '']) => name,
    )
    return names.map((name) => ({ name, folders }))
  })
}
