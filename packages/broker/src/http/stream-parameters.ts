// What a client may ask of a subscription stream, from the query of a GET or the body of a POST.

import type { EventTypePartition } from '@rioni/protocol'
import type { StreamSettings } from '../core/stream-state.ts'
import type { BrokerContext } from './handler.ts'
import { problem } from './problem.ts'
import {
  fieldsOf,
  optionalInteger,
  optionalList,
  optionalText,
  type ReadBody,
  readWith,
} from './read-fields.ts'
import type { Read } from './request-body.ts'

/** What a client may ask of a stream: everything but what its subscription says. */
export type RequestedSettings = Omit<StreamSettings, 'deadLetters'>

/** The parameters of a stream, complete. */
export interface StreamQuery {
  readonly settings: RequestedSettings
  /** The partitions asked for by name; any when empty. */
  readonly partitions: readonly EventTypePartition[]
}

/** Reads the query of a GET. */
export function readStreamQuery(query: URLSearchParams, context: BrokerContext): Read<StreamQuery> {
  return answer(readWith(() => readParameters(new Map(query), [], context)))
}

/** Reads the body of a POST, which may also name partitions. */
export function readStreamBody(body: unknown, context: BrokerContext): Read<StreamQuery> {
  return answer(
    readWith(() => {
      const fields = fieldsOf(body, '')
      return readParameters(fields, readPartitions(fields.get('partitions')), context)
    }),
  )
}

/** A parameter that breaks a rule is answered with a plain problem, the first one only. */
function answer(read: ReadBody<StreamQuery>): Read<StreamQuery> {
  switch (read.kind) {
    case 'read':
      return { ok: true, value: read.value }
    case 'unreadable':
      return { ok: false, response: problem(400, read.message) }
    case 'invalid':
      return { ok: false, response: problem(422, read.violations[0]?.message ?? '') }
  }
}

const DEFAULT_FLUSH_TIMEOUT_SECONDS = 30
const DEFAULT_MAX_UNCOMMITTED_EVENTS = 10

function readParameters(
  fields: ReadonlyMap<string, unknown>,
  partitions: readonly EventTypePartition[],
  { limits, random }: BrokerContext,
): ReadBody<StreamQuery> {
  const integer = (name: string): number | undefined => optionalInteger(fields.get(name), name)
  const batchLimit = integer('batch_limit') ?? 1
  if (batchLimit < 1) return invalid('batch_limit', "batch_limit can't be lower than 1")
  const longest = limits.maxCommitTimeoutSeconds
  const commitTimeout = integer('commit_timeout') ?? 0
  if (commitTimeout > longest)
    return invalid('commit_timeout', `commit_timeout can not be more than ${longest}`)
  if (commitTimeout < 0) return invalid('commit_timeout', 'commit_timeout can not be less than 0')
  const settings: RequestedSettings = {
    batchLimit,
    batchFlushTimeoutMs: seconds(
      Math.max(0, integer('batch_flush_timeout') ?? DEFAULT_FLUSH_TIMEOUT_SECONDS),
    ),
    batchTimespanMs: seconds(Math.max(0, integer('batch_timespan') ?? 0)),
    maxUncommittedEvents: integer('max_uncommitted_events') ?? DEFAULT_MAX_UNCOMMITTED_EVENTS,
    streamLimit: Math.max(0, integer('stream_limit') ?? 0),
    streamTimeoutMs: seconds(chooseStreamTimeout(integer('stream_timeout'), random)),
    keepAliveLimit: Math.max(0, integer('stream_keep_alive_limit') ?? 0),
    commitTimeoutMs: seconds(commitTimeout === 0 ? longest : commitTimeout),
    maxBufferedBytes: limits.maxStreamBufferBytes,
  }
  return { kind: 'read', value: { settings, partitions } }
}

const LONGEST_STREAM_SECONDS = 4200
const SHORTEST_DEFAULT_SECONDS = 3000
const DEFAULT_SPREAD_SECONDS = 1200

/**
 * How long a stream lasts, in seconds. A time that is not possible is no error, but becomes a random one, so that
 * streams do not all end at once.
 */
export function chooseStreamTimeout(
  wanted: number | undefined,
  random: { below(n: number): number },
): number {
  if (wanted !== undefined && wanted >= 1 && wanted <= LONGEST_STREAM_SECONDS) return wanted
  return SHORTEST_DEFAULT_SECONDS + random.below(DEFAULT_SPREAD_SECONDS)
}

function readPartitions(value: unknown): readonly EventTypePartition[] {
  return (optionalList(value, 'partitions') ?? []).map((item, index) => {
    const fields = fieldsOf(item, `partitions[${index}]`)
    return {
      event_type: optionalText(fields.get('event_type'), 'event_type') ?? 'null',
      partition: optionalText(fields.get('partition'), 'partition') ?? 'null',
    }
  })
}

function invalid(field: string, message: string): ReadBody<StreamQuery> {
  return { kind: 'invalid', violations: [{ field, message }] }
}

function seconds(count: number): number {
  return count * 1000
}
