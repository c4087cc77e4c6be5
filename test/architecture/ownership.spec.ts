import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { readPackages, type Source } from './sources.ts'

/** Files that may own time and randomness: everything else takes a `Clock` or a `Random`. */
const OWNERS = [
  'packages/broker/src/clock.ts',
  'packages/broker/src/random.ts',
  'packages/client/src/clock.ts',
  'packages/client/src/random.ts',
]

const OWNED_CALLS = [
  'Date.now',
  'performance.now',
  'process.hrtime',
  'Math.random',
  'crypto.randomUUID',
  'crypto.getRandomValues',
  'AbortSignal.timeout',
]
const OWNED_NAMES = [
  'setTimeout',
  'setInterval',
  'setImmediate',
  'clearTimeout',
  'clearInterval',
  'clearImmediate',
  'randomUUID',
  'randomBytes',
  'randomInt',
]
const OWNED_MODULES = ['node:timers', 'node:timers/promises', 'timers', 'timers/promises']

const sources = readPackages().flatMap((entry) => entry.sources)

describe('time and randomness', () => {
  it('occur only in the files that own them', () => {
    const strangers = sources.filter(({ path }) => !OWNERS.includes(path))
    expect(strangers.flatMap(ownedThingsIn)).toEqual([])
  })

  it('are found by this check where they are owned', () => {
    const owners = sources.filter(({ path }) => OWNERS.includes(path))
    expect(owners.flatMap(ownedThingsIn).length).toBeGreaterThan(0)
  })
})

/** Uses of the clock, of timers and of randomness in one file, as `path:line what`. */
function ownedThingsIn(source: Source): string[] {
  const found: string[] = []
  const report = (node: ts.Node, what: string): void => {
    const { line } = source.tree.getLineAndCharacterOfPosition(node.getStart())
    found.push(`${source.path}:${line + 1} ${what}`)
  }
  const visit = (node: ts.Node): void => {
    const what = ownedThing(node)
    if (what) report(node, what)
    ts.forEachChild(node, visit)
  }
  visit(source.tree)
  return found
}

function ownedThing(node: ts.Node): string | undefined {
  if (ts.isPropertyAccessExpression(node)) {
    return OWNED_CALLS.find((call) => node.getText().replace(/^globalThis\./, '') === call)
  }
  if (ts.isNewExpression(node) && node.expression.getText() === 'Date' && !node.arguments?.length)
    return 'new Date()'
  if (ts.isCallExpression(node) && node.expression.getText() === 'Date') return 'Date()'
  if (ts.isIdentifier(node) && OWNED_NAMES.includes(node.text) && isReference(node)) return node.text
  if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
    const { text } = node.moduleSpecifier
    return OWNED_MODULES.includes(text) ? text : undefined
  }
  return undefined
}

/** False for the name of a property or member that only happens to be spelled like a global. */
function isReference(node: ts.Identifier): boolean {
  const { parent } = node
  if (ts.isPropertyAccessExpression(parent)) {
    return parent.expression === node || parent.expression.getText() === 'globalThis'
  }
  return !(ts.isPropertyAssignment(parent) || ts.isPropertySignature(parent) || ts.isMethodSignature(parent))
}
