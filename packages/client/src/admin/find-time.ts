// find-time.ts - the cursor before the first event that the broker received at a time or later.
//
// The API knows no times, but it counts and moves cursors, and gives out single events. Events of a partition are stored
// in the order of their receipt, so halving the distance finds the place with one event read per step.

import type { Partition } from '@rioni/protocol'
import { invalidArgument, NakadiError } from '../error.ts'
import type { Call, CallOptions } from '../request/call.ts'

/** A time to find in one partition. */
export interface TimeSearch {
  readonly call: Call
  readonly eventType: string
  readonly partition: Partition
  readonly time: Date
  readonly options: CallOptions
}

/**
 * The offset to read after. When there is doubt it lies earlier rather than later, because an event that comes
 * twice does less harm than one that never comes.
 *
 * @throws NakadiError `invalid-argument` if the time is none, or if the events carry none.
 */
export async function findTime(search: TimeSearch): Promise<string> {
  const { partition, time } = search
  if (Number.isNaN(time.getTime())) throw invalidArgument('time must be a valid Date. Nothing was moved')
  const count = await countEvents(search)
  const first = await findFirst(count, (index) => isReachedAt(index, search))
  if (first === 0) return 'BEGIN'
  return first === count ? partition.newest_available_offset : await offsetBefore(first, search)
}

/** The least index below `count` of which `holds` is true, or `count`. Once true it must stay true. */
export async function findFirst(count: number, holds: (index: number) => Promise<boolean>): Promise<number> {
  let [low, high] = [0, count]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (await holds(middle)) high = middle
    else low = middle + 1
  }
  return low
}

async function countEvents({ call, eventType, partition, options }: TimeSearch): Promise<number> {
  const { partition: id, oldest_available_offset: oldest, newest_available_offset: newest } = partition
  const pair = {
    initial_cursor: { partition: id, offset: oldest },
    final_cursor: { partition: id, offset: newest },
  }
  const request = { parameters: { name: eventType }, body: JSON.stringify([pair]), options }
  const { body } = await call({ operation: 'measureCursorDistances', ...request })
  return Math.max(0, (body[0]?.distance ?? -1) + 1)
}

/** The offset of the event before the one with this index, counted from the oldest. */
async function offsetBefore(
  index: number,
  { call, eventType, partition, options }: TimeSearch,
): Promise<string> {
  if (index === 0) return 'BEGIN'
  const shift = {
    partition: partition.partition,
    offset: partition.oldest_available_offset,
    shift: index - 1,
  }
  const request = { parameters: { name: eventType }, body: JSON.stringify([shift]), options }
  const { body } = await call({ operation: 'shiftCursors', ...request })
  const [cursor] = body
  if (cursor !== undefined) return cursor.offset
  throw new NakadiError({
    code: 'protocol',
    outcome: 'rejected',
    message: 'shiftCursors: the answer has no cursor. Check that baseUrl leads to the broker.',
  })
}

/** Whether the event with this index was received at the time or later. An event that has expired was not. */
async function isReachedAt(index: number, search: TimeSearch): Promise<boolean> {
  const { call, eventType, partition, time, options } = search
  const offset = await offsetBefore(index, search)
  try {
    const { body } = await call({
      operation: 'streamEvents',
      parameters: { name: eventType },
      query: { batch_limit: 1, stream_limit: 1, batch_flush_timeout: 1, stream_timeout: 5 },
      headers: { 'x-nakadi-cursors': JSON.stringify([{ partition: partition.partition, offset }]) },
      options,
    })
    const receivedAt = receiptOf(body)
    if (receivedAt === 'no event') return true
    if (receivedAt !== undefined) return Date.parse(receivedAt) >= time.getTime()
  } catch (error) {
    if (error instanceof NakadiError && error.code === 'invalid-cursor') return false
    throw error
  }
  throw invalidArgument(
    `the events of ${eventType} have no metadata.received_at, so no time can be found among them. Reset to offsets instead. Nothing was moved`,
  )
}

/** When the first event of some batches was received, as far as it says. */
function receiptOf(lines: string): string | undefined | 'no event' {
  const batches = lines.split('\n').filter((line) => line.trim() !== '')
  for (const line of batches) {
    const { events = [] } = JSON.parse(line) as { readonly events?: readonly WithReceipt[] }
    const [event] = events
    if (event !== undefined) return event.metadata?.received_at
  }
  return 'no event'
}

interface WithReceipt {
  readonly metadata?: { readonly received_at?: string }
}
