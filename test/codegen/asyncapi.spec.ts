import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type EventTypeDefinition, generate, loadDefinitions } from '@rioni/codegen'
import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { webhookEventTypes } from './github-webhooks.ts'

const require = createRequire(import.meta.url)
const golden = fileURLToPath(new URL('../../codegen/golden/documents', import.meta.url))
const TIMEOUT_MS = 120_000

const CASES: readonly { readonly name: string; load(): Promise<readonly EventTypeDefinition[]> }[] = [
  { name: 'the golden case', load: async () => (await loadDefinitions(golden)).definitions },
  { name: "GitHub's webhooks", load: async () => webhookEventTypes.map((eventType) => ({ eventType })) },
]

describe.each(CASES)('the AsyncAPI document of $name', ({ load }) => {
  it(
    'follows the JSON schema of AsyncAPI 3',
    async () => {
      const ajv = new Ajv({ strict: false, logger: false })
      addFormats.default(ajv)
      const path = require.resolve('@asyncapi/specs/schemas/3.0.0-without-$id.json')
      const isValid = ajv.compile(JSON.parse(readFileSync(path, 'utf8')))
      isValid(parse(await documentOf(await load())))
      expect(isValid.errors ?? []).toEqual([])
    },
    TIMEOUT_MS,
  )

  it(
    'is a source of the same event types',
    async () => {
      const definitions = await load()
      const again = await readBack(await documentOf(definitions))
      expect(again.map(aboutOf)).toEqual(definitions.map(aboutOf).sort(byName))
      expect(await typesOf(again)).toEqual(await typesOf(definitions))
    },
    TIMEOUT_MS,
  )
})

async function documentOf(definitions: readonly EventTypeDefinition[]): Promise<string> {
  const { files } = await generate(definitions, { validators: false, examples: false, asyncapi: true })
  return files.find(({ path }) => path === 'asyncapi.yaml')?.content ?? ''
}

async function readBack(document: string): Promise<readonly EventTypeDefinition[]> {
  const folder = mkdtempSync(join(tmpdir(), 'rioni-asyncapi-'))
  try {
    writeFileSync(join(folder, 'asyncapi.yaml'), document)
    const { definitions, diagnostics } = await loadDefinitions(join(folder, 'asyncapi.yaml'))
    expect(diagnostics).toEqual([])
    return [...definitions].sort((left, right) => byName(left.eventType, right.eventType))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function byName(left: { readonly name: string }, right: { readonly name: string }): number {
  return left.name < right.name ? -1 : 1
}

function aboutOf({ eventType: { schema: _, ...about } }: EventTypeDefinition): typeof about {
  return about
}

/** The declarations of all event types, without what depends on how a schema is written. */
async function typesOf(definitions: readonly EventTypeDefinition[]): Promise<readonly string[]> {
  const { files } = await generate(definitions, { validators: false, examples: false })
  return files.map(({ content }) => content.replace(/^ {2}schema(Hash|Version): .*\n/gm, ''))
}
