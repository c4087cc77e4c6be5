// `rioni lint` on files and on the reference broker.

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type BrokerScene, createBrokerScene, eventType } from './broker-scene.ts'

let folder: string
let scene: BrokerScene

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rioni-lint-'))
  scene = await createBrokerScene()
})

afterEach(async () => {
  await scene[Symbol.asyncDispose]()
  await rm(folder, { recursive: true })
})

const lint = (...argv: string[]) => scene.rioni(['lint', ...argv])

const definition = [
  'name: order.order-placed',
  'owning_application: shop',
  'category: business',
  'enrichment_strategies: [metadata_enrichment]',
  'audience: company-internal',
  'ordering_key_fields: [n]',
  'authorization:',
  '  admins: [{ data_type: service, value: shop }]',
  '  readers: [{ data_type: service, value: shop }]',
  '  writers: [{ data_type: service, value: shop }]',
  'schema:',
  '  type: object',
  '  description: An order was placed.',
  '  properties:',
  '    n: { type: integer, format: int32 }',
  '    noteText: { type: string }',
  '',
].join('\n')

describe('linting', () => {
  it('tells each finding with its rule, line and remedy, and exits with 0 for warnings alone', async () => {
    await writeFile(join(folder, 'a.yaml'), definition)
    expect(await lint('--from', folder)).toEqual({
      exitCode: 0,
      stdout: [
        `${join(folder, 'a.yaml')}#/schema/properties/noteText: warning: the property "noteText" is not in snake_case (property-name)`,
        '  16 | noteText: { type: string }',
        '  Write small letters, digits and underscores, such as order_number.',
        '',
      ].join('\n'),
      stderr: '0 errors and 1 warning in 1 event type\n',
    })
    expect(await lint('--from', folder, '--strict')).toMatchObject({ exitCode: 1 })
  })

  it('exits with 1 for errors, which a flag or the config makes of a warning', async () => {
    await writeFile(join(folder, 'a.yaml'), definition)
    expect(await lint('--from', folder, '--rule', 'property-name=error')).toMatchObject({ exitCode: 1 })
    const config = join(folder, 'rioni.config.json')
    await writeFile(config, JSON.stringify({ from: 'a.yaml', out: 'x', lint: { 'property-name': 'error' } }))
    expect(await lint('--config', config)).toMatchObject({ exitCode: 1 })
    expect(await lint('--config', config, '--rule', 'property-name=off')).toMatchObject({
      exitCode: 0,
      stdout: '',
    })
  })

  it('looks at the registry on request', async () => {
    const { exitCode, stdout, stderr } = await lint('--registry', '--include', 'order.*')
    expect(exitCode).toBe(0)
    expect(stdout).toContain(
      `${eventType}#/schema/schema/properties/n/type: warning: the number has no format`,
    )
    expect(stderr).toBe('0 errors and 5 warnings in 1 event type\n')
  })

  it('prints one JSON document on request', async () => {
    await writeFile(join(folder, 'a.yaml'), definition)
    expect(JSON.parse((await lint('--from', folder, '--json')).stdout)).toEqual({
      eventTypes: 1,
      findings: [
        {
          rule: 'property-name',
          severity: 'warning',
          eventType: 'order.order-placed',
          message: 'the property "noteText" is not in snake_case',
          remedy: 'Write small letters, digits and underscores, such as order_number.',
          file: join(folder, 'a.yaml'),
          pointer: '/schema/properties/noteText',
          excerpt: '16 | noteText: { type: string }',
          line: 16,
        },
      ],
    })
  })

  it('annotates the lines of files for GitHub', async () => {
    await writeFile(join(folder, 'a.yaml'), definition)
    const { stdout } = await lint('--from', folder, '--github')
    expect(stdout).toMatch(/^::warning file=.*a\.yaml,line=16,title=order\.order-placed::the property/)
  })

  it('looks at the good files when others are bad, and exits with 1', async () => {
    await writeFile(join(folder, 'a.yaml'), definition)
    await writeFile(join(folder, 'bad.yaml'), 'name: [')
    const { exitCode, stdout, stderr } = await lint('--from', folder)
    expect(exitCode).toBe(1)
    expect(stdout).toContain('property-name')
    expect(stderr).toContain(`${join(folder, 'bad.yaml')}: error: the file is not YAML`)
  })

  it('lists its rules', async () => {
    expect((await lint('--rules')).stdout).toMatch(/^money +warning +Money is an object of an exact amount/m)
  })
})
