import { checkSchema, decideSchema, evolveSchema, sameSchema } from '@rioni/event-types'
import type { EventTypeSchema, NewEventTypeSchema } from '@rioni/protocol'
import type { EventTypeState } from '../core/state.ts'
import type { BrokerContext, Handlers, RoutedRequest } from './handler.ts'
import { constraintViolation, inMaintenance, problem, readOnlyMode, unknownEventType } from './problem.ts'
import { readBoolean } from './query-parameters.ts'
import { readSchema, readSchemaText } from './read-schema.ts'
import { readValidBody } from './read-valid-body.ts'
import { empty, json } from './response.ts'
import { listSchemas } from './schema-list.ts'

/** Shows the versions of an event type's schema, adds to them, and says what could be added. */
export function createSchemaHandlers(context: BrokerContext): Handlers {
  return {
    listSchemas: (request) => listSchemas(request, context),
    getSchema: (request) => getSchema(request, context),
    createSchema: (request) => createSchema(request, context),
    checkSchemaCompatibility: (request) => checkCompatibility(request, context),
  }
}

function getSchema({ path }: RoutedRequest, { storage }: BrokerContext): Response {
  const { name = '', version = '' } = path
  const found = storage.commands.state.eventTypes.get(name)
  if (found === undefined) return unknownEventType(name)
  const schema = schemaOf(found, version)
  return schema === undefined ? unknownVersion(name, version) : json(200, schema)
}

/** The schema of a version, or the newest one for `latest`. */
function schemaOf({ eventType, schemas }: EventTypeState, version: string): EventTypeSchema | undefined {
  return version === 'latest' ? eventType.schema : schemas.find((schema) => schema.version === version)
}

function unknownVersion(name: string, version: string): Response {
  return problem(404, `EventType "${name}" has no schema with version "${version}"`)
}

async function createSchema(request: RoutedRequest, context: BrokerContext): Promise<Response> {
  const { access, publishingLock, storage } = context
  const { eventTypes, settings } = storage.commands.state
  const { name = '' } = request.path
  const fetch = readBoolean(request.query, 'fetch')
  if (fetch === undefined) return problem(400, "Parameter 'fetch' must be true or false")
  const read = readValidBody(request, readSchema, constraintViolation)
  if (!read.ok) return read.response
  const found = eventTypes.get(name)
  if (found === undefined) return unknownEventType(name)
  if (fetch) return findSchema(found, read.value)
  const refusal = access.refuseEventTypes(request.principal, [name], ['ADMIN'])
  if (refusal !== undefined) return refusal
  if (settings.features.has('disable_db_write_operations')) return readOnlyMode()
  const response = await publishingLock.share(name, () => addSchema(name, read.value, context))
  return response ?? inMaintenance(name)
}

/** Says which of the stored schemas is this one, the newest first. */
function findSchema({ eventType, schemas }: EventTypeState, schema: NewEventTypeSchema): Response {
  const { name } = eventType
  const plain = { name, category: 'undefined', compatibility_mode: 'none' } as const
  const violation = checkSchema({ ...plain, schema })
  if (violation !== undefined) return problem(422, violation)
  const same = schemas.findLast((stored) => sameSchema(stored, schema))
  return same === undefined ? problem(404, `schema is not found for ${name}`) : json(200, same)
}

async function addSchema(
  name: string,
  schema: NewEventTypeSchema,
  context: BrokerContext,
): Promise<Response> {
  const { clock, storage } = context
  const found = storage.commands.state.eventTypes.get(name)
  if (found === undefined) return unknownEventType(name)
  const at = clock.now()
  const decided = decideSchema(found.eventType, schema, at)
  if (decided.kind === 'refused') return problem(422, decided.detail)
  const eventType = decided.value
  if (eventType === found.eventType) return empty(200)
  const { revision } = found
  const outcome = await storage.commands.propose({ type: 'updateEventType', eventType, revision }, at)
  switch (outcome.kind) {
    case 'updated':
      return empty(200)
    case 'unknownEventType':
      return unknownEventType(name)
    case 'outdated':
      // Somebody else was faster, so it is to be decided anew.
      return await addSchema(name, schema, context)
  }
}

function checkCompatibility(request: RoutedRequest, { access, storage }: BrokerContext): Response {
  const { name = '', version = '' } = request.path
  const read = readValidBody(request, readSchemaText)
  if (!read.ok) return read.response
  const found = storage.commands.state.eventTypes.get(name)
  if (found === undefined) return unknownEventType(name)
  const refusal = access.refuseEventTypes(request.principal, [name], ['VIEW'])
  if (refusal !== undefined) return refusal
  const original = schemaOf(found, version)
  return original === undefined
    ? unknownVersion(name, version)
    : judge(found, { original, updated: { type: original.type, schema: read.value } })
}

interface SchemaPair {
  readonly original: EventTypeSchema
  readonly updated: NewEventTypeSchema
}

function judge({ eventType }: EventTypeState, { original, updated }: SchemaPair): Response {
  const violation = checkSchema({ ...eventType, schema: updated })
  if (violation !== undefined) return problem(422, violation)
  const { compatibility_mode: mode } = eventType
  const evolution = evolveSchema({ original, updated, mode })
  return json(200, {
    compatible: evolution.ok,
    compatibility_mode: mode,
    ...(evolution.ok ? {} : { error: evolution.message }),
    validated_against_version: original.version,
  })
}
