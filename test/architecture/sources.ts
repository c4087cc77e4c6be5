// The sources of the repository as the architecture specifications see them: files, imports, and identifiers in use.

import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

/** The root folder of the repository. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..')

/** One `import` or `export ... from`. */
export interface Import {
  readonly specifier: string
}

/** One TypeScript source file of a package. */
export interface Source {
  /** Path from the root of the repository. */
  readonly path: string
  /** Folder of the package, such as `packages/broker`. */
  readonly packagePath: string
  readonly lines: number
  readonly imports: readonly Import[]
  readonly tree: ts.SourceFile
}

/** A package of the workspace. */
export interface Package {
  readonly path: string
  readonly name: string
  readonly manifest: Manifest
  readonly sources: readonly Source[]
}

/** What the specifications read of a `package.json`. */
export interface Manifest {
  readonly name: string
  readonly exports?: Readonly<Record<string, string | { readonly types: string }>>
  readonly scripts?: Readonly<Record<string, string>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>
}

/** Reads a `package.json` below the root. */
export function readManifest(path: string): Manifest {
  return JSON.parse(readFileSync(join(root, path, 'package.json'), 'utf8'))
}

/** Every package of the workspace with its sources; specifications (`*.spec.ts`, `*.spec.support.ts`) and generated files are left out. */
export function readPackages(): Package[] {
  const paths = [...readdirSync(join(root, 'packages')).map((name) => `packages/${name}`), 'codegen']
  return paths.map((path) => {
    const manifest = readManifest(path)
    return { path, name: manifest.name, manifest, sources: readSources(path) }
  })
}

function readSources(packagePath: string): Source[] {
  return readdirSync(join(root, packagePath, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !/\.(spec|spec\.support|generated)\.tsx?$/.test(file))
    .map((file) => readSource(packagePath, join(packagePath, 'src', file)))
}

function readSource(packagePath: string, path: string): Source {
  const text = readFileSync(join(root, path), 'utf8')
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true)
  return { path, packagePath, lines: text.split('\n').length - 1, imports: importsOf(tree), tree }
}

function importsOf(tree: ts.SourceFile): Import[] {
  const imports: Import[] = []
  const visit = (node: ts.Node): void => {
    const specifier = specifierOf(node)
    if (specifier && ts.isStringLiteral(specifier)) imports.push({ specifier: specifier.text })
    ts.forEachChild(node, visit)
  }
  visit(tree)
  return imports
}

function specifierOf(node: ts.Node): ts.Expression | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier
  const isDynamic = ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword
  return isDynamic ? node.arguments[0] : undefined
}

/** The path, from the root, of the file that a relative import of `source` names. */
export function resolveImport(source: Source, specifier: string): string {
  return relative(root, resolve(root, dirname(source.path), specifier))
}
