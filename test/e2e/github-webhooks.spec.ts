// The main job as `npm start` runs it, and a second opinion on what it counts: GitHub's own schema document, compiled
// as it is, must refuse just the payloads that the broker has refused.

import { execFile, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { Ajv } from 'ajv'
import formats from 'ajv-formats'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..')
const main = join(root, 'examples/github-webhooks/dist/main.js')
const require = createRequire(import.meta.url)

describe('the main job', () => {
  let folder: string
  let numbers: Record<string, number>
  let output: string

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'rioni-main-job-'))
    const file = join(folder, 'numbers.json')
    ;({ stdout: output } = await promisify(execFile)(process.execPath, [main, '--json', file]))
    numbers = JSON.parse(readFileSync(file, 'utf8'))
  }, 120_000)

  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('registers every webhook of GitHub as an event type', () => {
    expect(numbers['eventTypes']).toBe(githubSchemas().oneOf.length)
  })

  it("refuses the payloads that violate GitHub's own schemas, and no other", () => {
    const { valid, invalid } = judgePayloads()
    expect(rejectedPayloads()).toEqual(invalid)
    expect({ published: numbers['published'], rejected: numbers['rejected'] }).toEqual({
      published: valid.length,
      rejected: invalid.length,
    })
  })

  it('loses nothing, though a stream is killed half-way', () => {
    expect(numbers).toMatchObject({ consumed: numbers['published'], lost: 0 })
    expect(output).toMatch(/killed one stream with \d+ of \d+ events processed/)
  })

  it('reads well: no line is long, and there are no escape codes', () => {
    expect(Math.max(...output.split('\n').map(({ length }) => length))).toBeLessThan(200)
    expect(output).not.toContain('\u001b')
  })

  it('redelivers what the killed stream had processed and not committed', () => {
    expect(numbers['duplicates']).toBeGreaterThan(0)
  })
})

describe('the main job with a wrong argument', () => {
  it.each([
    ['--jsn', 'x'],
    ['--json', '/no/such/folder/x'],
  ])('explains itself before any work: %s %s', (...args) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], { encoding: 'utf8' })
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toContain('Usage: npm start')
  })
})

function githubSchemas(): { readonly oneOf: readonly { readonly $ref: string }[] } {
  return require('@octokit/webhooks-schemas')
}

/** The payloads that the run lists as rejected, each as its event type and its number. */
function rejectedPayloads(): string[] {
  const text = readFileSync(join(root, 'examples/github-webhooks/generated/rejections.txt'), 'utf8')
  return text.split('\n').filter((line) => /^github\.\w+ \d+$/.test(line))
}

function judgePayloads(): { valid: string[]; invalid: string[] } {
  const ajv = formats.default(new Ajv({ strict: false, inlineRefs: false, logger: false }))
  ajv.addSchema(githubSchemas(), 'github')
  const validators = new Map(
    githubSchemas().oneOf.map(({ $ref }) => {
      const definition = $ref.replace('#/definitions/', '')
      return [definition.replace(/[_$]event$/, ''), ajv.compile({ $ref: `github${$ref}` })]
    }),
  )
  const webhooks: { name: string; examples: unknown[] }[] = require('@octokit/webhooks-examples')
  const verdicts = webhooks.flatMap(({ name, examples }) =>
    examples.map((body, index) => ({
      payload: `github.${name} ${index + 1}`,
      isValid: validators.get(name)?.(body) === true,
    })),
  )
  const judged = (wanted: boolean) =>
    verdicts.filter(({ isValid }) => isValid === wanted).map(({ payload }) => payload)
  return { valid: judged(true), invalid: judged(false) }
}
