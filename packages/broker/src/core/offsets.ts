// Offsets as clients see them. To a client an offset is opaque; here it is a timeline and a number.
//
// The broker writes version one only: `001-0001-000000000000000042` is offset 42 of timeline 1, and
// `001-0001--1` is the position before the first event. It also reads `BEGIN` and the bare numbers of
// the version before.

import type { EventTypePartition } from '@rioni/protocol'

/** A place between two events: after `offset`, in the log of one timeline. */
export interface Position {
  readonly timeline: number
  /** -1 is the place before the first event. */
  readonly offset: number
}

const DIGITS = 18

/** The text of a position that is sent to clients. */
export function formatOffset(position: Position): string {
  const { timeline, offset } = position
  return `001-${timeline.toString(16).padStart(4, '0')}-${offset < 0 ? offset : padded(BigInt(offset).toString())}`
}

/** What a client's offset says; `detail` is the text for the client when it says nothing valid. */
export type ParsedOffset =
  | { readonly kind: 'begin' }
  | { readonly kind: 'position'; readonly offset: string }
  | { readonly kind: 'malformed'; readonly detail: string }

// No more digits than the broker itself writes, so every offset is a number.
const VERSION_ONE = /^001-([0-9a-fA-F]{4})-(-?0*\d{1,18})$/
const NUMBER = /^-?0*\d{1,18}$/

/**
 * Reads an offset that a client sent and brings it into the form of `formatOffset`, so that plain
 * string order is the order of positions.
 *
 * @param oldestTimeline bare numbers are offsets of this timeline
 */
export function parseOffset(
  cursor: { readonly partition: string; readonly offset: string },
  oldestTimeline: number,
): ParsedOffset {
  const { partition, offset } = cursor
  if (offset.toUpperCase() === 'BEGIN') return { kind: 'begin' }
  if (offset.startsWith('001')) {
    const [, timeline, number] = VERSION_ONE.exec(offset) ?? []
    // The broker loses the cursor when it reports this, and clients know the text that way.
    if (timeline === undefined || number === undefined)
      return malformed('invalid offset null for partition null')
    return { kind: 'position', offset: `001-${timeline.toLowerCase()}-${padded(number)}` }
  }
  if (!NUMBER.test(offset)) return malformed(`invalid offset ${offset} for partition ${partition}`)
  return { kind: 'position', offset: `001-${oldestTimeline.toString(16).padStart(4, '0')}-${padded(offset)}` }
}

/** The timeline that an offset in the form of `formatOffset` belongs to. */
export function timelineOf(offset: string): number {
  return Number.parseInt(offset.slice(4, 8), 16)
}

/** The last part of an offset in the form of `formatOffset`: the digits, or `-1`. */
export function digitsOf(offset: string): string {
  return offset.slice(9)
}

/** Every event type has it: timelines are never removed from the history, only their records are. */
const FIRST_TIMELINE = 1

/**
 * Whether a commit of `offset` moves a partition forward. There is no upper bound: a position beyond
 * the last event is accepted.
 *
 * @param offset in the form of `formatOffset`
 * @param committed as it is stored, so perhaps in a form that only clients use
 */
export function advances(offset: string, committed: string): boolean {
  const parsed = parseOffset({ partition: '', offset: committed }, FIRST_TIMELINE)
  return parsed.kind !== 'position' || offset > parsed.offset
}

/** The text for a client whose cursor points outside of what can be read. */
export function unavailable(cursor: EventTypePartition & { readonly offset: string }): string {
  const { event_type, partition, offset } = cursor
  return `offset ${offset} for partition ${partition} event type ${event_type} is unavailable as retention time of data elapsed. PATCH partition offset with valid and available offset`
}

function malformed(detail: string): ParsedOffset {
  return { kind: 'malformed', detail }
}

/** Pads a number to the width at which string order is numeric order; leading zeros count for nothing. */
function padded(digits: string): string {
  if (digits.startsWith('-')) return digits
  return digits.replace(/^0+(?=\d)/, '').padStart(DIGITS, '0')
}
