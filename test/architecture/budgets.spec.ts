import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { readPackages, root, type Source } from './sources.ts'

const MAX_FILE_LINES = 400
const MAX_ADAPTER_LINES = 80
const MAX_FOLDER_DEPTH = 3

const MAX_PARAMETERS = 3
const MAX_DECISION_LINES = 40

/** Words that hide what a thing is. */
const EMPTY_WORDS = /(^|[a-z])(Manager|Helper|Util|Utils|Impl)($|[A-Z])/

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

describe('a function or a type', () => {
  it(`has at most ${MAX_PARAMETERS} parameters`, () => {
    expect(
      nodesOf(ts.isFunctionLike)
        .filter(({ node }) => node.parameters.length > MAX_PARAMETERS)
        .map(place),
    ).toEqual([])
  })

  it('has a name that says what it is', () => {
    expect(
      nodesOf(ts.isIdentifier)
        .filter(({ node }) => EMPTY_WORDS.test(node.text))
        .map(place),
    ).toEqual([])
  })
})

describe('a decision', () => {
  it.each(readdirSync(join(root, 'docs/decisions')))(`%s has at most ${MAX_DECISION_LINES} lines`, (file) => {
    const text = readFileSync(join(root, 'docs/decisions', file), 'utf8')
    expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(MAX_DECISION_LINES)
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

interface Found<Node> {
  readonly source: Source
  readonly node: Node
}

function nodesOf<Node extends ts.Node>(isWanted: (node: ts.Node) => node is Node): Found<Node>[] {
  const found: Found<Node>[] = []
  for (const source of sources) {
    const visit = (node: ts.Node): void => {
      if (isWanted(node)) found.push({ source, node })
      ts.forEachChild(node, visit)
    }
    visit(source.tree)
  }
  return found
}

function place({ source, node }: Found<ts.Node>): string {
  return `${source.path}:${source.tree.getLineAndCharacterOfPosition(node.getStart()).line + 1}`
}
