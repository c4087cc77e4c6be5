import type { PublishOutcome } from '@rioni/client'
import { describe, expect, it } from 'vitest'
import type { InputItem } from './event-reader.ts'
import { publishItems, type Rejection } from './publish-items.ts'

const stored: PublishOutcome = { status: 'submitted', eid: 'e', maybeDuplicated: false }

function event(line: number, bytes = 10): InputItem {
  return { kind: 'event', place: `line ${line}`, event: { line }, bytes }
}

/** Publishes `items` with `publish` and returns the tally, the rejections, and the lines in order of publishing, 0 being a failure. */
async function publishAll(items: readonly InputItem[], publish: (line: number) => Promise<PublishOutcome>) {
  const rejections: Rejection[] = []
  const published: number[] = []
  async function* input() {
    yield* items
  }
  const tally = await publishItems(input(), {
    publish: (published_) => {
      const { line } = published_ as { line: number }
      published.push(line)
      return publish(line)
    },
    onRejected: (rejection) => rejections.push(rejection),
    onFailure: () => published.push(0),
  })
  return { tally, rejections, published }
}

describe('publishing an input', () => {
  it('publishes every event in order', async () => {
    const { tally, published } = await publishAll([event(1), event(2), event(3)], async () => stored)
    expect(published).toEqual([1, 2, 3])
    expect(tally).toMatchObject({
      published: 3,
      rejected: 0,
      unknown: { count: 0 },
      notPublished: { count: 0 },
      failure: undefined,
    })
  })

  it('goes on after an event that was rejected, and says where it stands', async () => {
    const rejected: PublishOutcome = { status: 'rejected', eid: 'e2', step: 'validating', detail: 'bad' }
    const { tally, rejections } = await publishAll([event(1), event(2), event(3)], async (line) =>
      line === 2 ? rejected : stored,
    )
    expect(tally).toMatchObject({ published: 2, rejected: 1 })
    expect(rejections).toEqual([{ place: 'line 2', eid: 'e2', step: 'validating', detail: 'bad' }])
  })

  it('rejects what is no event without publishing it', async () => {
    const malformed: InputItem = { kind: 'malformed', place: 'line 2', reason: 'not JSON' }
    const { tally, rejections, published } = await publishAll(
      [event(1), malformed, event(3)],
      async () => stored,
    )
    expect(published).toEqual([1, 3])
    expect(tally).toMatchObject({ published: 2, rejected: 1 })
    expect(rejections).toEqual([{ place: 'line 2', eid: '', step: 'reading', detail: 'not JSON' }])
  })

  it('counts events of unknown fate apart', async () => {
    const unknown: PublishOutcome = { status: 'unknown', eid: 'e', detail: 'no answer' }
    const { tally } = await publishAll([event(1), event(2)], async (line) => (line === 1 ? unknown : stored))
    expect(tally).toMatchObject({
      published: 1,
      rejected: 0,
      unknown: { count: 1, first: 'line 1', last: 'line 1' },
    })
  })

  it('keeps only so many bytes in hand', async () => {
    const large = 9 * 1024 * 1024
    let [inHand, most] = [0, 0]
    const { published } = await publishAll([event(1, large), event(2, large), event(3, large)], async () => {
      most = Math.max(most, ++inHand)
      await Promise.resolve()
      inHand -= 1
      return stored
    })
    expect(published).toEqual([1, 2, 3])
    expect(most).toBe(1)
  })
})

describe('publishing that breaks off', () => {
  it('reads nothing more after a request that failed, and names the events it took with it', async () => {
    const large = 9 * 1024 * 1024
    const { tally, published } = await publishAll(
      [event(1, large), event(2, large), event(3, large)],
      async (line) => {
        if (line === 2) throw new Error('unreachable')
        return stored
      },
    )
    expect(published).toEqual([1, 2, 0])
    expect(tally).toMatchObject({
      published: 1,
      notPublished: { count: 1, first: 'line 2', last: 'line 2' },
      failure: new Error('unreachable'),
    })
  })

  it('finishes what is in hand when the input cannot be read on', async () => {
    async function* input() {
      yield event(1)
      throw new SyntaxError('text follows')
    }
    const tally = await publishItems(input(), {
      publish: async () => stored,
      onRejected: () => {},
      onFailure: () => {},
    })
    expect(tally).toMatchObject({ published: 1, failure: new SyntaxError('text follows') })
  })
})
