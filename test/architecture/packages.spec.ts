import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { type Manifest, readManifest, readPackages, root } from './sources.ts'

const packages = readPackages()
const manifests = [readManifest('.'), ...packages.map(({ manifest }) => manifest)]

describe('a package', () => {
  it.each(manifests)('$name pins every dependency to an exact version', (manifest) => {
    const loose = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies }).filter(
      ([, version]) => !/^(npm:.+@)?\d+\.\d+\.\d+(-[\w.]+)?$/.test(version),
    )
    expect(loose).toEqual([])
  })

  it.each(manifests)('$name runs nothing when it is installed', ({ scripts }) => {
    const hooks = ['preinstall', 'install', 'postinstall', 'prepare']
    expect(Object.keys(scripts ?? {}).filter((name) => hooks.includes(name))).toEqual([])
  })

  it.each(publicEntries())('$name can be required by CommonJS', ({ specifier }) => {
    expect(Object.keys(createRequire(import.meta.url)(specifier)).length).toBeGreaterThan(0)
  })

  it.each(publicEntries())('$name documents every export', ({ types }) => {
    expect(undocumentedExports(types)).toEqual([])
  })
})

describe('the lock file', () => {
  it('names no registry host', () => {
    expect(readFileSync(join(root, 'package-lock.json'), 'utf8')).not.toMatch(/"resolved": "https?:/)
  })
})

/** Every code entry of every library package: the name to import and its declaration file. */
function publicEntries(): { name: string; specifier: string; types: string }[] {
  return packages
    .filter(({ name }) => name !== 'rioni')
    .flatMap(({ path, name, manifest }) =>
      entriesOf(manifest).map(([entry, types]) => {
        const specifier = `${name}${entry.slice(1)}`
        return { name: specifier, specifier, types: join(root, path, types) }
      }),
    )
}

function entriesOf(manifest: Manifest): [entry: string, types: string][] {
  return Object.entries(manifest.exports ?? {}).flatMap(([entry, target]) =>
    typeof target === 'string' ? [] : [[entry, target.types]],
  )
}

function undocumentedExports(declarations: string): string[] {
  const program = ts.createProgram([declarations], { module: ts.ModuleKind.NodeNext, skipLibCheck: true })
  const checker = program.getTypeChecker()
  const file = program.getSourceFile(declarations)
  const module = file && checker.getSymbolAtLocation(file)
  if (!module) return [`${declarations} is not a module`]
  return checker
    .getExportsOfModule(module)
    .map((symbol) => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol))
    .filter((symbol) => symbol.getDocumentationComment(checker).length === 0)
    .map(({ name }) => name)
}
