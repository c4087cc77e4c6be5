// Step 3: typed clients from event type definitions, compiled the way a strict team compiles its own code.

import { execFile } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import type {
  Client,
  ConsumerOptions,
  EventConsumer,
  EventProducer,
  ProducerOptions,
} from '@rioni/client/codegen-v1'
import { generate, loadDefinitions, writeGenerated } from '@rioni/codegen'
import type { EventMetadata, NewEventType } from '@rioni/protocol'
import type { JsonObject } from './github.ts'

/** An event of this example as a consumer sees it, whatever its type. */
export interface GithubEvent {
  readonly metadata: EventMetadata
}

/**
 * The part of the generated index that this example uses. A team would import its generated classes by name and get
 * their exact types; here they are made while the program runs, so it takes them by event type name.
 */
export interface GeneratedClients {
  readonly producers: Readonly<
    Record<
      string,
      new (
        client: Client,
        options?: Omit<ProducerOptions, 'validator'>,
      ) => EventProducer<JsonObject>
    >
  >
  readonly EventsConsumer: new (
    client: Client,
    options: ConsumerOptions,
  ) => EventConsumer<Readonly<Record<string, GithubEvent>>>
}

const run = promisify(execFile)

/** Writes one definition file per event type, generates the clients from them and returns how many files there are. */
export async function generateClients(eventTypes: readonly NewEventType[], folder: string): Promise<number> {
  const definitionsFolder = join(folder, 'event-types')
  rmSync(definitionsFolder, { recursive: true, force: true })
  mkdirSync(definitionsFolder, { recursive: true })
  for (const eventType of eventTypes) {
    const schema = { ...eventType.schema, schema: JSON.parse(eventType.schema.schema) }
    writeFileSync(
      join(definitionsFolder, `${eventType.name}.json`),
      `${JSON.stringify({ ...eventType, schema }, null, 2)}\n`,
    )
  }

  const loaded = await loadDefinitions(definitionsFolder)
  const { files, diagnostics } = await generate(loaded.definitions, { validators: false, examples: false })
  const problems = [...loaded.diagnostics, ...diagnostics]
  if (problems.length > 0)
    throw new Error(`the generator complains:\n${problems.map((p) => JSON.stringify(p)).join('\n')}`)
  await writeGenerated(files, join(folder, 'src'))
  return files.length
}

/** Compiles the generated clients with `tsc --strict`. */
export async function compileClients(folder: string): Promise<void> {
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({
      compilerOptions: {
        strict: true,
        target: 'es2022',
        module: 'nodenext',
        types: ['node'],
        rootDir: 'src',
        outDir: 'dist',
        exactOptionalPropertyTypes: true,
        noUncheckedIndexedAccess: true,
      },
      include: ['src'],
    }),
  )
  const compiler = join(
    dirname(createRequire(import.meta.url).resolve('@typescript/native/package.json')),
    'bin/tsc',
  )
  await run(process.execPath, [compiler, '--project', folder]).catch((error: { stdout?: string }) => {
    throw new Error(`tsc --strict refuses the generated clients:\n${error.stdout}`)
  })
}

/** Loads the compiled clients. */
export async function importClients(folder: string): Promise<GeneratedClients> {
  return import(pathToFileURL(join(folder, 'dist/index.js')).href)
}
