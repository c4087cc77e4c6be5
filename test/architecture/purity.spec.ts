import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { readPackages, type Source } from './sources.ts'

/** Code that is a function of its arguments: no I/O, no process, no HTTP. */
const PURE_PLACES = ['packages/protocol/src/', 'packages/event-types/src/', 'packages/broker/src/core/']

const IMPURE_NAMES = ['Request', 'Response', 'Headers', 'fetch', 'process', 'console', 'Buffer', 'require']

const sources = readPackages().flatMap((entry) => entry.sources)

describe('a pure place', () => {
  it.each(PURE_PLACES)('%s imports nothing of Node', (place) => {
    const impure = sourcesIn(place).flatMap(({ path, imports }) =>
      imports
        .filter(({ specifier }) => specifier.startsWith('node:'))
        .map(({ specifier }) => `${path} ${specifier}`),
    )
    expect(impure).toEqual([])
  })

  it.each(PURE_PLACES)('%s sees no HTTP type, no process and no console', (place) => {
    expect(sourcesIn(place).flatMap(impureNamesIn)).toEqual([])
  })
})

describe('publishing', () => {
  it('is no command: events never pass through the command log', () => {
    const commands = sources.find(({ path }) => path === 'packages/broker/src/core/commands.ts')
    expect(commands?.tree.getText()).not.toMatch(/publish|append/i)
  })
})

function sourcesIn(place: string): Source[] {
  const found = sources.filter(({ path }) => path.startsWith(place))
  expect(found.length).toBeGreaterThan(3)
  return found
}

function impureNamesIn({ path, tree }: Source): string[] {
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && IMPURE_NAMES.includes(node.text) && isFree(node))
      found.push(`${path} ${node.text}`)
    ts.forEachChild(node, visit)
  }
  visit(tree)
  return found
}

/** False for a member that is only spelled like a global. */
function isFree(node: ts.Identifier): boolean {
  const { parent } = node
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node
  return !(ts.isPropertyAssignment(parent) || ts.isPropertySignature(parent) || ts.isMethodSignature(parent))
}
