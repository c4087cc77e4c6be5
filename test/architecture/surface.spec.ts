import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { exportsOf, publicEntries } from './public-entries.ts'
import { root } from './sources.ts'

describe('the public surface', () => {
  it('is what surface.txt says, so that growing it is a visible decision', async () => {
    const lines = publicEntries.map((entry) => {
      const names = exportsOf(entry).map(({ name }) => `  ${name}`)
      return [entry.specifier, ...names.sort()].join('\n')
    })
    await expect(`${lines.join('\n\n')}\n`).toMatchFileSnapshot(join(root, 'test/architecture/surface.txt'))
  })

  it.each(publicEntries)('is documented in full: $specifier', (entry) => {
    expect(exportsOf(entry).filter(({ documented }) => !documented)).toEqual([])
  })
})
