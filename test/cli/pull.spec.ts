// `rioni pull` against the reference broker.

import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type BrokerScene, createBrokerScene, eventType } from './broker-scene.ts'

let folder: string
let out: string
let scene: BrokerScene

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rioni-pull-'))
  out = join(folder, 'event-types')
  scene = await createBrokerScene()
})

afterEach(async () => {
  await scene[Symbol.asyncDispose]()
  await rm(folder, { recursive: true })
})

async function create(name: string, schema = '{}'): Promise<void> {
  await scene.client.eventTypes.create({
    name,
    owning_application: 'shop',
    category: 'undefined',
    schema: { type: 'json_schema', schema },
  })
}

const pull = (...more: string[]) => scene.rioni(['pull', '--out', out, ...more])

describe('pulling the event types of a registry', () => {
  it('writes one file each in the shape of the API, and counts', async () => {
    const { exitCode, stdout, stderr } = await pull()
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    expect(stdout).toBe(`written ${join(out, `${eventType}.yaml`)}\n1 written, 0 unchanged, 0 removed\n`)
    expect(await readFile(join(out, `${eventType}.yaml`), 'utf8')).toContain(
      [
        'schema:',
        '  type: json_schema',
        '  version: 1.0.0',
        '  schema:',
        '    properties:',
        '      n:',
        '        type: number',
        '    required:',
        '      - n',
      ].join('\n'),
    )
  })

  it('knows its files again when a checkout has given them the line ends of Windows', async () => {
    await pull()
    const file = join(out, `${eventType}.yaml`)
    await writeFile(file, (await readFile(file, 'utf8')).replaceAll('\n', '\r\n'))
    expect(await pull('--check')).toMatchObject({ exitCode: 0, stderr: '' })
    expect(await pull()).toMatchObject({ exitCode: 0, stdout: '0 written, 1 unchanged, 0 removed\n' })
  })

  it('leaves files alone that say the same already', async () => {
    await pull()
    const before = await stat(join(out, `${eventType}.yaml`), { bigint: true })
    expect(await pull()).toMatchObject({ exitCode: 0, stdout: '0 written, 1 unchanged, 0 removed\n' })
    expect((await stat(join(out, `${eventType}.yaml`), { bigint: true })).mtimeNs).toBe(before.mtimeNs)
  })

  it('keeps to what is included and not excluded', async () => {
    await create('order.paid')
    await create('customer.moved')
    await pull('--include', 'order.*', '--exclude', '*.paid')
    expect(await readdir(out)).toEqual([`${eventType}.yaml`])
  })

  it('reports the files of event types that are gone, and removes them with --prune', async () => {
    await create('order.paid')
    await pull()
    await scene.client.eventTypes.delete('order.paid')
    const file = join(out, 'order.paid.yaml')
    const reported = await pull()
    expect(reported).toMatchObject({ exitCode: 0, stdout: '0 written, 1 unchanged, 0 removed\n' })
    expect(reported.stderr).toBe(`note: the registry has no event type for ${file}; --prune removes it\n`)
    expect(await pull('--prune', '--check')).toMatchObject({ exitCode: 3 })
    expect((await pull('--prune')).stdout).toBe(`removed ${file}\n0 written, 1 unchanged, 1 removed\n`)
    expect(await readdir(out)).toEqual([`${eventType}.yaml`])
  })

  it('does not take what nobody asked for as gone', async () => {
    await create('customer.moved')
    await pull()
    expect((await pull('--include', 'order.*', '--prune')).stdout).toBe('0 written, 1 unchanged, 0 removed\n')
  })

  it('removes the file of the other format, so that nothing is defined twice', async () => {
    await pull()
    await pull('--format', 'json')
    expect(await readdir(out)).toEqual([`${eventType}.json`])
  })

  it('writes nothing and exits with 3 when it only checks', async () => {
    expect(await pull('--check')).toMatchObject({
      exitCode: 3,
      stdout: `stale ${join(out, `${eventType}.yaml`)}\n1 to write, 0 unchanged, 0 to remove\n`,
    })
    await expect(readdir(out)).rejects.toThrow('ENOENT')
  })

  it('overwrites nothing that no pull has written', async () => {
    await mkdir(out)
    await writeFile(join(out, `${eventType}.yaml`), 'mine')
    const { exitCode, stderr } = await pull()
    expect(exitCode).toBe(1)
    expect(stderr).toContain('was not written by a pull and is not overwritten: move it away')
    expect(await readFile(join(out, `${eventType}.yaml`), 'utf8')).toBe('mine')
  })

  it('follows no link out of the folder', async () => {
    await mkdir(out)
    await writeFile(join(folder, 'outside.yaml'), 'mine')
    await symlink(join(folder, 'outside.yaml'), join(out, `${eventType}.yaml`))
    expect(await pull()).toMatchObject({ exitCode: 1 })
    expect(await readFile(join(folder, 'outside.yaml'), 'utf8')).toBe('mine')
  })

  it('names what was asked for and is missing, and writes the rest', async () => {
    const { exitCode, stdout, stderr } = await pull('--include', eventType, '--include', 'order.gone')
    expect({ exitCode, stderr }).toEqual({
      exitCode: 1,
      stderr: 'error: the registry has no event type order.gone\n',
    })
    expect(stdout).toContain('1 written')
  })

  it('changes nothing when the registry has nothing of it', async () => {
    await pull()
    const { exitCode, stderr } = await pull('--include', 'other.*', '--prune')
    expect({ exitCode, stderr }).toEqual({
      exitCode: 1,
      stderr: `there is no event type to pull; ${out} is as it was\n`,
    })
    expect(await readdir(out)).toEqual([`${eventType}.yaml`])
  })

  it('says how to reach a registry that does not answer, and never shows the token', async () => {
    const env = { RIONI_URL: 'http://127.0.0.1:1', RIONI_TOKEN: 's3cret' }
    const { exitCode, stdout, stderr } = await scene.rioni(['pull', '--out', out], { env })
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' })
    expect(stderr).toContain('--url or RIONI_URL')
    expect(stderr).not.toContain('s3cret')
  })
})
