import { describe, expect, it } from 'vitest'
import { readPackages } from './sources.ts'

const MAX_FILE_LINES = 400
const MAX_ADAPTER_LINES = 80
const MAX_FOLDER_DEPTH = 3

const sources = readPackages().flatMap((entry) => entry.sources)

describe('a source file', () => {
  it(`has at most ${MAX_FILE_LINES} lines`, () => {
    expect(
      sources.filter(({ lines }) => lines > MAX_FILE_LINES).map(({ path, lines }) => `${path}: ${lines}`),
    ).toEqual([])
  })

  it(`lies at most ${MAX_FOLDER_DEPTH} folders below src`, () => {
    const depth = (path: string) => path.split('/src/')[1]?.split('/').length ?? 0
    expect(sources.filter(({ path }) => depth(path) - 1 > MAX_FOLDER_DEPTH).map(({ path }) => path)).toEqual(
      [],
    )
  })

  it('is named in kebab-case', () => {
    expect(
      sources.filter(({ path }) => !/\/[a-z0-9]+(-[a-z0-9]+)*\.ts$/.test(path)).map(({ path }) => path),
    ).toEqual([])
  })
})

describe('an adapter of the broker', () => {
  it.each(['packages/broker/src/node.ts', 'packages/mock/src/nakadi-handlers.ts'])(
    `%s has under ${MAX_ADAPTER_LINES} lines, so it can hold no rule`,
    (path) => {
      const adapter = sources.find((source) => source.path === path)
      expect(adapter?.lines).toBeLessThan(MAX_ADAPTER_LINES)
    },
  )
})
