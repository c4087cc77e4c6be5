import type { CompatibilityCheck, EventTypeSchema, NewEventTypeSchema } from '@rioni/protocol'
import { checkedNumber } from '../checked-number.ts'
import { NakadiError } from '../error.ts'
import type { Call, CallOptions } from '../request/call.ts'
import { followPages, type PagePosition } from './pages.ts'

/** How to list schemas. */
export interface SchemaListOptions extends CallOptions {
  /** Schemas fetched per request, 1 .. 1000. @default 100 */
  readonly pageSize?: number
}

/** What to compare a schema with. */
export interface CompatibilityOptions extends CallOptions {
  /** @default 'latest' */
  readonly version?: string
}

/** The schemas of event types. Each change of one adds a version; all versions stay. */
export interface Schemas {
  /** All versions, the newest first, fetched page by page as they are iterated. */
  list(eventType: string, options?: SchemaListOptions): AsyncIterable<EventTypeSchema>
  /**
   * One version, such as `1.0.0` or `latest`.
   *
   * @throws NakadiError `not-found`
   */
  get(eventType: string, version: string, options?: CallOptions): Promise<EventTypeSchema>
  /**
   * Makes a schema the newest one and returns it with its version. Everything else of the event type stays as it is.
   * A schema equal to the newest changes nothing.
   *
   * @throws NakadiError `not-found`, or `validation` if the rules of evolution do not allow it.
   */
  add(eventType: string, schema: NewEventTypeSchema, options?: CallOptions): Promise<EventTypeSchema>
  /**
   * The newest version that equals a schema. Changes nothing.
   *
   * @throws NakadiError `not-found` if there is none.
   */
  find(eventType: string, schema: NewEventTypeSchema, options?: CallOptions): Promise<EventTypeSchema>
  /** Whether a schema, given as text, could follow another one. Changes nothing. */
  checkCompatibility(
    eventType: string,
    schema: string,
    options?: CompatibilityOptions,
  ): Promise<CompatibilityCheck>
}

/** The schema resource of one client. */
export function createSchemas(call: Call): Schemas {
  const post = async (eventType: string, schema: NewEventTypeSchema, sending: SchemaSending) => {
    const request = { parameters: { name: eventType }, body: JSON.stringify(schema) }
    return (await call({ operation: 'createSchema', ...request, ...sending })).body
  }
  const find: Schemas['find'] = async (eventType, schema, options) => {
    const found = await post(eventType, schema, { query: { fetch: true }, options })
    if (found !== undefined) return found
    throw new NakadiError({
      code: 'protocol',
      outcome: 'rejected',
      message: 'createSchema: an empty answer to fetch=true. Check that baseUrl leads to the broker itself.',
    })
  }
  return {
    list(eventType, { pageSize = 100, ...options } = {}) {
      const limit = checkedNumber('pageSize', pageSize, { least: 1, most: 1000 })
      const fetchPage = async (position: PagePosition) => {
        const request = { parameters: { name: eventType }, query: { limit, ...position }, options }
        return (await call({ operation: 'listSchemas', ...request })).body
      }
      return followPages({ operation: 'listSchemas', fetchPage })
    },
    async get(eventType, version, options) {
      return (await call({ operation: 'getSchema', parameters: { name: eventType, version }, options })).body
    },
    find,
    async add(eventType, schema, options) {
      // Nakadi answers without a body, so the version that it gave is asked for.
      return (await post(eventType, schema, { options })) ?? (await find(eventType, schema, options))
    },
    async checkCompatibility(eventType, schema, { version = 'latest', ...options } = {}) {
      const request = { parameters: { name: eventType, version }, body: JSON.stringify({ schema }), options }
      return (await call({ operation: 'checkSchemaCompatibility', ...request })).body
    },
  }
}

interface SchemaSending {
  readonly query?: { readonly fetch: boolean }
  readonly options: CallOptions | undefined
}
