// `rioni diff` and `rioni check`: generated code against definitions and the reference broker.

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type BrokerScene, createBrokerScene, eventType } from './broker-scene.ts'
import { startFailingRegistry } from './failing-registry.ts'

let folder: string
let from: string
let out: string
let scene: BrokerScene

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rioni-contract-'))
  from = join(folder, 'event-types')
  out = join(folder, 'events')
  scene = await createBrokerScene()
  await scene.rioni(['pull', '--out', from])
  await generate()
})

afterEach(async () => {
  await scene[Symbol.asyncDispose]()
  await rm(folder, { recursive: true })
})

const generate = () =>
  scene.rioni(['generate', '--from', from, '--out', out, '--no-validators', '--no-examples', '--no-cache'])

/** Gives the event type of the registry another schema. */
async function evolve(schema: object): Promise<void> {
  const current = await scene.client.eventTypes.get(eventType)
  await scene.client.eventTypes.update(eventType, {
    ...current,
    schema: { type: 'json_schema', schema: JSON.stringify(schema) },
  })
}

const number = { type: 'number' }
const text = { type: 'string' }
const withNote = { properties: { n: number, note: text }, required: ['n'] }
const withRequiredNote = { properties: { n: number, note: text }, required: ['n', 'note'] }

const diff = (...argv: string[]) => scene.rioni(['diff', ...argv])
const check = (...argv: string[]) => scene.rioni(['check', '--out', out, ...argv])

describe('the difference between code and registry', () => {
  it('is none right after pulling and generating', async () => {
    expect(await diff('--out', out)).toEqual({ exitCode: 0, stdout: 'nothing differs\n', stderr: '' })
    expect(await diff('--from', from, '--out', out)).toMatchObject({
      exitCode: 0,
      stdout: 'nothing differs\n',
    })
  })

  it('is told in the language of events, with level and version, and exits with 4', async () => {
    await evolve(withNote)
    expect(await diff('--out', out)).toEqual({
      exitCode: 4,
      stdout: [
        'From lock file to registry:',
        `${eventType} 1.0.0 -> 1.1.0`,
        '  MINOR adds optional `note`: compatible  #/schema/schema/properties/note',
        '',
      ].join('\n'),
      stderr: '',
    })
  })

  it('exits with 5 when it breaks somebody, and says whom', async () => {
    await evolve(withRequiredNote)
    const { exitCode, stdout } = await diff('--out', out)
    expect(exitCode).toBe(5)
    expect(stdout).toContain('MINOR adds required `note`: breaks producers')
  })

  it('is compared with the definitions, too, which know more than the lock file', async () => {
    const current = await scene.client.eventTypes.get(eventType)
    await scene.client.eventTypes.update(eventType, { ...current, options: { retention_time: 86_400_000 } })
    expect(await diff('--out', out)).toMatchObject({ exitCode: 0 })
    const { exitCode, stdout } = await diff('--from', from)
    expect(exitCode).toBe(4)
    expect(stdout).toContain('changes the retention time from 48 h to 24 h')
  })

  it('names what the broker would refuse', async () => {
    const file = join(from, `${eventType}.yaml`)
    await writeFile(file, (await readFile(file, 'utf8')).replace('type: number', 'type: string'))
    const { stdout } = await diff('--from', from, '--out', out, '--offline')
    expect(stdout).toContain('MAJOR changes the type of `n` from number to string')
    expect(stdout).toContain(
      'the broker refuses this: Invalid schema: #/properties/n: schema types must be the same',
    )
  })

  it('is one JSON document on request', async () => {
    await evolve(withNote)
    const { stdout } = await diff('--out', out, '--json')
    expect(JSON.parse(stdout)).toMatchObject({
      verdict: 'moved',
      registryFromLock: [
        {
          eventType,
          status: 'changed',
          fromVersion: '1.0.0',
          toVersion: '1.1.0',
          changes: [
            { kind: 'property-added', pointer: '/schema/schema/properties/note', level: 'minor', breaks: [] },
          ],
        },
      ],
    })
  })

  it('of definitions alone needs no registry, and exits with 3', async () => {
    const file = join(from, `${eventType}.yaml`)
    await writeFile(file, (await readFile(file, 'utf8')).replace('type: number', 'type: integer'))
    const { exitCode, stdout } = await diff(
      '--from',
      from,
      '--out',
      out,
      '--offline',
      '--url',
      'http://127.0.0.1:1',
    )
    expect(exitCode).toBe(3)
    expect(stdout).toContain('From lock file to definitions:')
  })

  it('of the good event types is told when another one cannot be read, and exits with 1', async () => {
    await evolve(withNote)
    await writeFile(join(from, 'bad.yaml'), 'name: bad\n')
    const { exitCode, stdout, stderr } = await diff('--from', from, '--out', out)
    expect(exitCode).toBe(1)
    expect(stderr).toContain('bad.yaml')
    expect(stdout).toContain('adds optional `note`')
  })
})

describe('a check in CI', () => {
  it('passes when code and registry agree', async () => {
    expect(await check('--from', from)).toEqual({
      exitCode: 0,
      stdout: '',
      stderr: 'code and registry agree\n',
    })
  })

  it('fails with 4, the place and the remedy when the registry has moved', async () => {
    await evolve(withNote)
    const { exitCode, stderr } = await check()
    expect(exitCode).toBe(4)
    expect(stderr).toContain(
      `${join(out, 'rioni.lock.json')}#/eventTypes/${eventType}: warning: ${eventType} 1.0.0 -> 1.1.0`,
    )
    expect(stderr).toContain(`Run 'rioni pull --url ${scene.url} --out DEFINITIONS && rioni generate`)
    expect(await check('--breaking-only')).toMatchObject({ exitCode: 0 })
  })

  it('fails with 5 for the side that breaks, and only for that', async () => {
    await evolve(withRequiredNote)
    expect(await check()).toMatchObject({ exitCode: 5 })
    expect(await check('--as', 'producer')).toMatchObject({ exitCode: 5 })
    expect(await check('--as', 'consumer')).toMatchObject({ exitCode: 4 })
  })

  it('takes the side from the config, as long as no flag says another', async () => {
    await evolve(withRequiredNote)
    const config = join(folder, 'rioni.config.json')
    await writeFile(config, JSON.stringify({ from: 'event-types', out: 'events', role: 'consumer' }))
    expect(await scene.rioni(['check', '--config', config])).toMatchObject({ exitCode: 4 })
    expect(await scene.rioni(['check', '--config', config, '--as', 'producer'])).toMatchObject({
      exitCode: 5,
    })
  })

  it('fails with 5 when an event type is gone', async () => {
    await scene.client.eventTypes.delete(eventType)
    const { exitCode, stderr } = await check()
    expect(exitCode).toBe(5)
    expect(stderr).toContain('the event type is not there: breaks consumers and producers')
  })

  it('fails with 3 when definitions were pulled and the code was not generated again', async () => {
    await evolve(withNote)
    await scene.rioni(['pull', '--out', from])
    const { exitCode, stderr } = await check('--from', from)
    expect(exitCode).toBe(3)
    expect(stderr).toContain(`Run 'rioni generate --from ${from} --out ${out}' and commit what it writes.`)
    await generate()
    expect(await check('--from', from)).toMatchObject({ exitCode: 0 })
  })

  it('annotates the lines of files for GitHub', async () => {
    await evolve(withRequiredNote)
    const { stdout } = await scene.rioni(['check', '--out', out], { env: { GITHUB_ACTIONS: 'true' } })
    expect(stdout).toMatch(/^::error file=.*rioni\.lock\.json,line=\d+,title=order\.order-placed::/)
    expect(stdout.trim().split('\n')).toHaveLength(1)
    expect(await check('--github')).toMatchObject({ stdout })
  })

  it('writes a JUnit report with one case per event type', async () => {
    const junit = join(folder, 'reports/rioni.xml')
    await check('--junit', junit)
    expect(await readFile(junit, 'utf8')).toContain('<testsuites tests="1" failures="0" errors="0">')
    await evolve(withRequiredNote)
    await check('--junit', junit)
    const report = await readFile(junit, 'utf8')
    expect(report).toContain(`<testcase classname="rioni check" name="${eventType}">`)
    expect(report).toContain('<failure type="breaking"')
  })

  it('that could not ask about an event type has failed, and says so in every report', async () => {
    await using registry = await startFailingRegistry(scene.url, () => 'forbid')
    const junit = join(folder, 'rioni.xml')
    const env = { RIONI_URL: registry.url, GITHUB_ACTIONS: 'true' }
    const checked = await scene.rioni(['check', '--out', out, '--junit', junit], { env })
    expect(checked.exitCode).toBe(1)
    expect(checked.stderr).toMatch(/not everything could be checked; of the rest: code and registry agree\n$/)
    expect(checked.stdout).toMatch(/^::error title=order\.order-placed::.*cannot be compared.*not yours/)
    expect(await readFile(junit, 'utf8')).toContain('<testsuites tests="1" failures="0" errors="1">')
    const compared = await scene.rioni(['diff', '--out', out], { env })
    expect(compared).toMatchObject({ exitCode: 1, stdout: 'nothing differs in what could be compared\n' })
    const { stdout } = await scene.rioni(['diff', '--out', out, '--json'], { env })
    expect(JSON.parse(stdout)).toMatchObject({ notCompared: [{ eventType }] })
  })

  it('that could not ask the registry has failed, and shows no token', async () => {
    const env = { RIONI_URL: 'http://127.0.0.1:1', RIONI_TOKEN: 's3cret' }
    const { exitCode, stderr } = await scene.rioni(['check', '--out', out], { env })
    expect(exitCode).toBe(1)
    expect(stderr).not.toContain('s3cret')
  })
})
