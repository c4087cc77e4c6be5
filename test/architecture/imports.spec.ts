import { describe, expect, it } from 'vitest'
import { type Import, type Package, readPackages, resolveImport, type Source } from './sources.ts'

/** Who may import whom among the packages; nothing else may. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  '@rioni/protocol': [],
  '@rioni/event-types': ['@rioni/protocol'],
  '@rioni/broker': ['@rioni/protocol', '@rioni/event-types'],
  '@rioni/client': ['@rioni/protocol'],
  '@rioni/mock': ['@rioni/broker'],
  '@rioni/codegen': ['@rioni/protocol', '@rioni/event-types', '@rioni/client'],
  rioni: ['@rioni/protocol', '@rioni/event-types', '@rioni/broker', '@rioni/client', '@rioni/codegen'],
}

const packages = readPackages()

describe('the packages', () => {
  it('are all known to the table of directions', () => {
    expect(packages.map(({ name }) => name).sort()).toEqual(Object.keys(MAY_IMPORT).sort())
  })

  it.each(packages)('$name imports only the packages that it may', ({ name, sources }) => {
    const allowed = MAY_IMPORT[name] ?? []
    expect(siblingImports(sources).filter(({ target }) => !allowed.includes(target))).toEqual([])
  })

  it.each(packages)('$name declares every package that it imports', ({ manifest, sources }) => {
    const declared = { ...manifest.dependencies, ...manifest.peerDependencies }
    const undeclared = externalImports(sources).filter(({ target }) => !(target in declared))
    expect(undeclared).toEqual([])
  })

  it.each(packages)('$name reaches its siblings through their exports alone', ({ sources }) => {
    const unknown = siblingImports(sources).filter(({ target, specifier }) => {
      const entry = `.${specifier.slice(target.length)}`
      return !(entry in (packages.find(({ name }) => name === target)?.manifest.exports ?? {}))
    })
    expect(unknown).toEqual([])
  })

  it.each(packages)('$name has no import cycle', ({ sources }) => {
    expect(findCycle(sources)).toBeUndefined()
  })
})

describe('the client', () => {
  it('works without its optional peers: only the entries that are named for them import them', () => {
    const client = packages.find(({ name }) => name === '@rioni/client')
    const peers = Object.keys(client?.manifest.peerDependenciesMeta ?? {})
    expect(peers.length).toBeGreaterThan(1)
    const reached = ['index', 'codegen-v1'].flatMap((entry) => reachedFrom(client?.sources ?? [], entry))
    const found = externalImports(reached).filter(({ target }) => peers.includes(target))
    expect(found).toEqual([])
    expect(reached.length).toBeGreaterThan(50)
  })
})

describe('the core of the broker', () => {
  const core = sourcesBelow('packages/broker/src/core/')

  it('is where the architecture says', () => {
    expect(core.length).toBeGreaterThan(3)
  })

  it('imports only the protocol, the rules of event types and itself', () => {
    const foreign = core.flatMap((source) =>
      source.imports
        .filter((entry) => !isOwnFile(source, entry, 'packages/broker/src/core/'))
        .filter(({ specifier }) => !['@rioni/protocol', '@rioni/event-types'].includes(specifier))
        .map(({ specifier }) => `${source.path} imports ${specifier}`),
    )
    expect(foreign).toEqual([])
  })
})

function sourcesBelow(folder: string): Source[] {
  return packages.flatMap(({ sources }) => sources).filter(({ path }) => path.startsWith(folder))
}

function isOwnFile(source: Source, { specifier }: Import, folder: string): boolean {
  return specifier.startsWith('.') && resolveImport(source, specifier).startsWith(folder)
}

/** Imports of packages, Node's own left out, with the name of the package they reach. */
function externalImports(sources: readonly Source[]): { file: string; specifier: string; target: string }[] {
  return sources.flatMap(({ path, imports }) =>
    imports
      .filter(({ specifier }) => !specifier.startsWith('.') && !specifier.startsWith('node:'))
      .map(({ specifier }) => ({ file: path, specifier, target: packageName(specifier) })),
  )
}

function siblingImports(sources: readonly Source[]): { file: string; specifier: string; target: string }[] {
  return externalImports(sources).filter(({ target }) => target === 'rioni' || target.startsWith('@rioni/'))
}

function packageName(specifier: string): string {
  const [first = '', second = ''] = specifier.split('/')
  return first.startsWith('@') ? `${first}/${second}` : first
}

/** The sources that an entry of a package imports, and those that these import. */
function reachedFrom(sources: readonly Source[], entry: string): Source[] {
  const reached = new Set(sources.filter(({ path }) => path.endsWith(`/src/${entry}.ts`)))
  for (const source of reached) {
    const next = source.imports
      .filter(({ specifier }) => specifier.startsWith('.'))
      .map(({ specifier }) => resolveImport(source, specifier))
    for (const other of sources) if (next.includes(other.path)) reached.add(other)
  }
  return [...reached]
}

/** The first cycle among imports, of types too, as a path of files, or undefined when there is none. */
function findCycle(sources: Package['sources']): string[] | undefined {
  const next = new Map(
    sources.map((source) => [
      source.path,
      source.imports
        .filter(({ specifier }) => specifier.startsWith('.'))
        .map(({ specifier }) => resolveImport(source, specifier)),
    ]),
  )
  const finished = new Set<string>()
  const visit = (path: string, trail: readonly string[]): string[] | undefined => {
    if (trail.includes(path)) return [...trail.slice(trail.indexOf(path)), path]
    if (finished.has(path)) return undefined
    for (const target of next.get(path) ?? []) {
      const cycle = visit(target, [...trail, path])
      if (cycle) return cycle
    }
    finished.add(path)
    return undefined
  }
  for (const path of next.keys()) {
    const cycle = visit(path, [])
    if (cycle) return cycle
  }
  return undefined
}
