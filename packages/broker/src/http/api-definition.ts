import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { parse } from 'yaml'

let definition: Promise<unknown> | undefined

/** The OpenAPI document of the protocol, read when it is asked for first. */
export function readApiDefinition(): Promise<unknown> {
  definition ??= read()
  return definition
}

async function read(): Promise<unknown> {
  const path = createRequire(import.meta.url).resolve('@rioni/protocol/openapi.yaml')
  return parse(await readFile(path, 'utf8'))
}
