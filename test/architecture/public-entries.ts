// What users of the packages can import, as the declaration files say it.

import { join } from 'node:path'
import ts from 'typescript'
import { type Manifest, readPackages, root } from './sources.ts'

/** One entry of a package. */
export interface PublicEntry {
  /** What users write in an import. */
  readonly specifier: string
  /** The declaration file, as an absolute path. */
  readonly types: string
}

/** One export of an entry. */
export interface PublicExport {
  readonly name: string
  readonly documented: boolean
}

/** Every code entry of every package. */
export const publicEntries: readonly PublicEntry[] = readPackages().flatMap(({ path, name, manifest }) =>
  entriesOf(manifest).map(([entry, types]) => ({
    specifier: `${name}${entry.slice(1)}`,
    types: join(root, path, types),
  })),
)

// Names and comments are all that is asked, so the libraries behind the types are left out.
const program = ts.createProgram(
  publicEntries.map(({ types }) => types),
  { module: ts.ModuleKind.NodeNext, noLib: true, types: [] },
)

function entriesOf(manifest: Manifest): [entry: string, types: string][] {
  return Object.entries(manifest.exports ?? {}).flatMap(([entry, target]) =>
    typeof target === 'string' ? [] : [[entry, target.types]],
  )
}

/** The exports of an entry. */
export function exportsOf({ specifier, types }: PublicEntry): PublicExport[] {
  const checker = program.getTypeChecker()
  const file = program.getSourceFile(types)
  const module = file && checker.getSymbolAtLocation(file)
  if (!module) throw new Error(`${specifier} is not a module`)
  return checker.getExportsOfModule(module).map((symbol) => {
    const declared = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol
    return { name: symbol.name, documented: declared.getDocumentationComment(checker).length > 0 }
  })
}
