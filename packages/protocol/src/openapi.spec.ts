import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createConfig, lint } from '@redocly/openapi-core'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'

import { operations } from './operations.ts'

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'] as const
const PROBLEM = 'application/problem+json'

interface Reference {
  readonly $ref: string
}

interface Response {
  readonly headers?: Readonly<Record<string, unknown>>
  readonly content?: Readonly<Record<string, unknown>>
}

interface Operation {
  readonly operationId: string
  readonly summary?: string
  readonly tags?: readonly string[]
  readonly responses: Readonly<Record<string, Response | Reference>>
}

type PathItem = Readonly<Partial<Record<(typeof METHODS)[number], Operation>>>

interface Document {
  readonly openapi: string
  readonly tags: readonly { readonly name: string }[]
  readonly paths: Readonly<Record<string, PathItem>>
  readonly components: { readonly responses: Readonly<Record<string, Response>> }
}

const file = fileURLToPath(new URL('../openapi.yaml', import.meta.url))
const document: Document = parse(readFileSync(file, 'utf8'))

const described = Object.entries(document.paths).flatMap(([path, item]) =>
  METHODS.flatMap((method) => {
    const operation = item[method]
    return operation === undefined ? [] : [{ path, method: method.toUpperCase(), operation }]
  }),
)

function responseOf(response: Response | Reference): Response {
  if (!('$ref' in response)) return response
  const found = document.components.responses[response.$ref.replace('#/components/responses/', '')]
  if (found === undefined) throw new Error(`there is no response ${response.$ref}`)
  return found
}

/** The statuses of an operation, sorted, whose responses satisfy the condition. */
function statuses(operation: Operation, condition: (contentTypes: readonly string[]) => boolean): number[] {
  return Object.entries(operation.responses)
    .filter(([, response]) => condition(Object.keys(responseOf(response).content ?? {})))
    .map(([status]) => Number(status))
    .sort((a, b) => a - b)
}

describe('the OpenAPI document', () => {
  it('is valid OpenAPI 3.1: structure, references, parameters and examples', async () => {
    expect(document.openapi).toMatch(/^3\.1\./)
    const config = await createConfig({
      extends: ['recommended-strict'],
      rules: {
        'no-invalid-schema-examples': 'error',
        'no-invalid-parameter-examples': 'error',
        // A broker is a server of one's own: there is no public one to name.
        'no-server-example.com': 'off',
      },
    })
    const findings = await lint({ ref: file, config })
    expect(findings.map(({ message, location }) => `${location[0]?.pointer}: ${message}`)).toEqual([])
  })

  it('describes exactly the operations of the table', () => {
    const given = described.map(({ path, method, operation }) => [
      operation.operationId,
      {
        method,
        path,
        answers: statuses(operation, (types) => types.length === 0 || types.some((type) => type !== PROBLEM)),
        problems: statuses(operation, (types) => types.includes(PROBLEM)),
      },
    ])
    expect(Object.fromEntries(given)).toEqual(operations)
    expect(given).toHaveLength(Object.keys(operations).length)
  })

  for (const { operation } of described) {
    it(`says of ${operation.operationId} what it does, where it belongs and how it succeeds`, () => {
      expect(operation.summary).toMatch(/^[A-Z].*[^.]$/)
      expect(document.tags.map(({ name }) => name)).toEqual(
        expect.arrayContaining([...(operation.tags ?? [])]),
      )
      expect(operation.tags).toHaveLength(1)
      expect(Object.keys(operation.responses).some((status) => status.startsWith('2'))).toBe(true)
      for (const response of Object.values(operation.responses)) {
        expect(Object.keys(responseOf(response).headers ?? {})).toContain('X-Flow-Id')
      }
    })
  }
})
