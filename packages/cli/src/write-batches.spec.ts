import { Writable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { type WritableBatch, type Writing, writeBatches } from './write-batches.ts'

/** What happened, in order: text that the output accepted, and offsets that were committed. */
type Log = string[]

function batch(log: Log, offset: string, events: readonly string[]): WritableBatch {
  const cursor = { event_type: 'a', partition: '0', offset, cursor_token: 't' }
  return {
    cursor,
    raw: Buffer.from(`{"cursor":${JSON.stringify(cursor)},"events":[${events.join(',')}]}`),
    commit: async () => {
      log.push(`commit ${offset}`)
      return { status: 'committed' }
    },
  }
}

/** An output that accepts a text some turns after it was written, and breaks after `accepts` of them. */
function output(log: Log, accepts = Number.POSITIVE_INFINITY): Writable {
  let accepted = 0
  return new Writable({
    write(chunk, _encoding, done) {
      queueMicrotask(() => {
        if (accepted++ >= accepts) return done(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }))
        log.push(`write ${chunk}`)
        done()
      })
    },
  }).on('error', () => {})
}

const endless: Omit<Writing, 'stdout'> = {
  limit: Number.POSITIVE_INFINITY,
  commit: true,
  onUncommitted: () => {},
}

async function write(batches: readonly WritableBatch[], writing: Writing) {
  async function* input() {
    yield* batches
  }
  return writeBatches(input(), writing)
}

describe('writing batches', () => {
  it('commits each batch after all of its events were accepted', async () => {
    const log: Log = []
    const batches = [batch(log, '1', ['{"a":1}', '{"a":2}']), batch(log, '2', ['{"a":3}'])]
    const written = await write(batches, { ...endless, stdout: output(log) })
    expect(log).toEqual(['write {"a":1}\n{"a":2}\n', 'commit 1', 'write {"a":3}\n', 'commit 2'])
    expect(written).toEqual({ events: 3, uncommitted: 0, failure: undefined })
  })

  it('ends quietly when nobody reads any longer, and does not commit what was not accepted', async () => {
    const log: Log = []
    const batches = [batch(log, '1', ['{}']), batch(log, '2', ['{}']), batch(log, '3', ['{}'])]
    const written = await write(batches, { ...endless, stdout: output(log, 1) })
    expect(log).toEqual(['write {}\n', 'commit 1'])
    expect(written).toEqual({ events: 1, uncommitted: 0, failure: undefined })
  })

  it('fails when the output fails for another reason', async () => {
    const log: Log = []
    const full = new Writable({ write: (_chunk, _encoding, done) => done(new Error('ENOSPC')) }).on(
      'error',
      () => {},
    )
    const written = await write([batch(log, '1', ['{}'])], { ...endless, stdout: full })
    expect(written).toEqual({ events: 0, uncommitted: 0, failure: new Error('ENOSPC') })
    expect(log).toEqual([])
  })

  it('says what was written before the batches failed', async () => {
    const log: Log = []
    async function* input() {
      yield batch(log, '1', ['{}'])
      throw new Error('gone')
    }
    const written = await writeBatches(input(), { ...endless, stdout: output(log) })
    expect(written).toEqual({ events: 1, uncommitted: 0, failure: new Error('gone') })
  })

  it('goes on after a batch that was lost to another stream, and says that its events come again', async () => {
    const log: Log = []
    const lost: WritableBatch = { ...batch(log, '1', ['{}', '{}']), commit: async () => ({ status: 'lost' }) }
    const uncommitted: string[] = []
    const written = await write([lost, batch(log, '2', ['{}'])], {
      ...endless,
      stdout: output(log),
      onUncommitted: ({ cursor }) => uncommitted.push(cursor.offset),
    })
    expect(written).toEqual({ events: 3, uncommitted: 2, failure: undefined })
    expect(uncommitted).toEqual(['1'])
  })
})

describe('writing up to a limit', () => {
  it('stops at the limit after committing', async () => {
    const log: Log = []
    const batches = [batch(log, '1', ['1', '2']), batch(log, '2', ['3'])]
    expect(await write(batches, { ...endless, limit: 2, stdout: output(log) })).toEqual({
      events: 2,
      uncommitted: 0,
    })
    expect(log).toEqual(['write 1\n2\n', 'commit 1'])
  })

  it('does not commit a batch that goes beyond it', async () => {
    const log: Log = []
    const written = await write([batch(log, '1', ['1', '2'])], { ...endless, limit: 1, stdout: output(log) })
    expect(log).toEqual(['write 1\n'])
    expect(written).toEqual({ events: 1, uncommitted: 1, failure: undefined })
  })
})

describe('writing without committing', () => {
  it('commits nothing and stops when a position comes again', async () => {
    const log: Log = []
    const batches = [batch(log, '1', ['1']), batch(log, '2', ['2']), batch(log, '1', ['1'])]
    const written = await write(batches, { ...endless, commit: false, stdout: output(log) })
    expect(log).toEqual(['write 1\n', 'write 2\n'])
    expect(written).toEqual({ events: 2, uncommitted: 2, failure: undefined })
  })
})
