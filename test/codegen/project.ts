// A project of somebody who uses generated code: its files, the real client, and the compiler with strict options.

import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const require = createRequire(import.meta.url)

/** The compilers that generated code must satisfy. */
export const compilers = [
  {
    name: 'TypeScript 7',
    path: join(dirname(require.resolve('@typescript/native/package.json')), 'bin/tsc'),
  },
  { name: 'TypeScript 6', path: join(dirname(require.resolve('typescript/package.json')), 'bin/tsc6') },
  {
    name: 'TypeScript 5.9',
    path: join(dirname(require.resolve('@typescript/five/package.json')), 'bin/tsc'),
  },
] as const

/** A folder with sources, compiled into `dist` beside them. */
export interface Project {
  readonly folder: string
  /** Adds or replaces a source file. */
  write(path: string, content: string): void
  /** What the compiler says; the empty string when it is content. */
  compile(compiler: string): Promise<string>
  /** Runs a module in a process of its own and returns what it prints. */
  run(script: string): Promise<string>
  remove(): void
}

/** Makes a project in a temporary folder. */
export function createProject(): Project {
  const folder = mkdtempSync(join(tmpdir(), 'rioni-generated-'))
  symlinkSync(dirname(dirname(require.resolve('typescript/package.json'))), join(folder, 'node_modules'))
  const write = (path: string, content: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
  write('package.json', JSON.stringify({ type: 'module' }))
  write('tsconfig.json', JSON.stringify({ compilerOptions: OPTIONS, include: ['src'] }))
  return {
    folder,
    write,
    compile: (compiler) =>
      run(process.execPath, [compiler, '--project', '.'], { cwd: folder, maxBuffer: MAX_OUTPUT }).then(
        ({ stdout }) => stdout,
        (error: { readonly stdout?: string }) => error.stdout ?? String(error),
      ),
    run: async (script) => {
      write('run.js', script)
      return (await run(process.execPath, [join(folder, 'run.js')])).stdout.trim()
    },
    remove: () => rmSync(folder, { recursive: true }),
  }
}

/** Bytes that a compiler may have to say. */
const MAX_OUTPUT = 2 ** 28

const OPTIONS = {
  target: 'es2022',
  lib: ['es2023', 'esnext.disposable'],
  module: 'nodenext',
  types: ['node'],
  rootDir: 'src',
  outDir: 'dist',
  declaration: true,
  strict: true,
  erasableSyntaxOnly: true,
  exactOptionalPropertyTypes: true,
  isolatedDeclarations: true,
  isolatedModules: true,
  noImplicitOverride: true,
  noImplicitReturns: true,
  noPropertyAccessFromIndexSignature: true,
  noUncheckedIndexedAccess: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  skipLibCheck: true,
  verbatimModuleSyntax: true,
}
