import type { EventTypeAuthorization } from '@rioni/protocol'
import {
  BLACKLIST_TYPES,
  type BlacklistType,
  FEATURE_NAMES,
  type FeatureName,
  withDefaultAdmin,
  withoutDefaultAdmin,
} from '../core/settings.ts'
import { ensureSystemEventTypes } from '../system-events/ensure-event-types.ts'
import type { BrokerContext, Handlers, RoutedRequest } from './handler.ts'
import { constraintViolation, problem, readOnlyMode, type Violation } from './problem.ts'
import {
  fieldsOf,
  missing,
  optionalText,
  type ReadBody,
  readWith,
  UnreadableBodyError,
} from './read-fields.ts'
import { readAttributes } from './read-subscription.ts'
import { readValidBody } from './read-valid-body.ts'
import { empty, json } from './response.ts'

/** Shows and changes the switches of the whole broker: the blacklist, the features, the Nakadi admins. */
export function createSettingsHandlers(context: BrokerContext): Handlers {
  return {
    getBlacklist: () => getBlacklist(context),
    addToBlacklist: (request) => changeBlacklist('addToBlacklist', request, context),
    removeFromBlacklist: (request) => changeBlacklist('removeFromBlacklist', request, context),
    listFeatures: () => listFeatures(context),
    setFeature: (request) => setFeature(request, context),
    getAdmins: () => getAdmins(context),
    setAdmins: (request) => setAdmins(request, context),
  }
}

function getBlacklist({ storage }: BrokerContext): Response {
  const { blacklist } = storage.commands.state.settings
  const list = (type: BlacklistType) => [...blacklist[type]].sort()
  return json(200, {
    consumers: { event_types: list('CONSUMER_ET'), apps: list('CONSUMER_APP') },
    producers: { event_types: list('PRODUCER_ET'), apps: list('PRODUCER_APP') },
  })
}

async function changeBlacklist(
  type: 'addToBlacklist' | 'removeFromBlacklist',
  { path }: RoutedRequest,
  { clock, storage }: BrokerContext,
): Promise<Response> {
  const given = path['blacklist_type'] ?? ''
  // Unlike other enumerations, this one is not read in any case.
  const blacklist = BLACKLIST_TYPES.find((known) => known === given)
  if (blacklist === undefined) {
    return problem(
      400,
      `Illegal blacklist type: '${given}'. Possible values: [${BLACKLIST_TYPES.join(', ')}]`,
    )
  }
  await storage.commands.propose({ type, blacklist, name: path['name'] ?? '' }, clock.now())
  return empty(204)
}

function listFeatures({ storage }: BrokerContext): Response {
  const { features } = storage.commands.state.settings
  return json(200, {
    items: FEATURE_NAMES.map((feature) => ({ feature, enabled: features.has(feature) })),
  })
}

async function setFeature(request: RoutedRequest, context: BrokerContext): Promise<Response> {
  const { clock, storage } = context
  const switched = readValidBody(request, readFeature, constraintViolation)
  if (!switched.ok) return switched.response
  await storage.commands.propose({ type: 'setFeature', ...switched.value }, clock.now())
  await ensureSystemEventTypes(context)
  return empty(204)
}

interface SwitchedFeature {
  readonly feature: FeatureName
  readonly enabled: boolean
}

function readFeature(body: unknown): ReadBody<SwitchedFeature> {
  return readWith(() => {
    const fields = fieldsOf(body, '')
    const name = optionalText(fields.get('feature'), 'feature')
    const enabled = optionalText(fields.get('enabled'), 'enabled')
    const violations: Violation[] = []
    if (name === undefined) violations.push(missing('feature'))
    if (enabled === undefined) violations.push(missing('enabled'))
    const feature = FEATURE_NAMES.find((known) => known === name?.toLowerCase())
    if (name !== undefined && feature === undefined) {
      throw new UnreadableBodyError(
        `Illegal enum value: '${name}'. Possible values: [${FEATURE_NAMES.join(', ')}]`,
      )
    }
    if (enabled !== undefined && !/^(true|false)$/.test(enabled)) {
      throw new UnreadableBodyError('enabled must be a boolean')
    }
    if (feature === undefined || enabled === undefined) return { kind: 'invalid', violations }
    return { kind: 'read', value: { feature, enabled: enabled === 'true' } }
  })
}

function getAdmins({ defaultAdmin, storage }: BrokerContext): Response {
  return json(200, withDefaultAdmin(storage.commands.state.settings.admins, defaultAdmin))
}

async function setAdmins(request: RoutedRequest, context: BrokerContext): Promise<Response> {
  const { clock, defaultAdmin, storage } = context
  const given = readValidBody(request, readAdmins)
  if (!given.ok) return given.response
  if (storage.commands.state.settings.features.has('disable_db_write_operations')) return readOnlyMode()
  const admins = withoutDefaultAdmin(given.value, defaultAdmin)
  await storage.commands.propose({ type: 'setAdmins', admins }, clock.now())
  return empty(200)
}

function readAdmins(body: unknown): ReadBody<EventTypeAuthorization> {
  return readWith(() => {
    const fields = fieldsOf(body, '')
    const violations: Violation[] = []
    const list = (name: string) => readAttributes(fields.get(name), name, violations)
    const value = { admins: list('admins'), readers: list('readers'), writers: list('writers') }
    return violations.length > 0 ? { kind: 'invalid', violations } : { kind: 'read', value }
  })
}
