import type { Applier } from './commands.ts'
import type { BlacklistType } from './settings.ts'
import type { BrokerState } from './state.ts'

/** Switches a feature on or off. */
export const setFeature: Applier<'setFeature'> = (state, { feature, enabled }) => {
  const { settings } = state
  if (settings.features.has(feature) === enabled) return [state, { kind: 'unchanged' }]
  const features = new Set(settings.features)
  if (enabled) features.add(feature)
  else features.delete(feature)
  return [{ ...state, settings: { ...settings, features } }, { kind: 'set' }]
}

/** Blocks an application or an event type. Blocking twice is fine. */
export const addToBlacklist: Applier<'addToBlacklist'> = (state, { blacklist, name }) => {
  const names = state.settings.blacklist[blacklist]
  if (names.has(name)) return [state, { kind: 'unchanged' }]
  return [withNames(state, blacklist, new Set([...names, name])), { kind: 'set' }]
}

/** Unblocks an application or an event type. Unblocking what is not blocked is fine. */
export const removeFromBlacklist: Applier<'removeFromBlacklist'> = (state, { blacklist, name }) => {
  const names = new Set(state.settings.blacklist[blacklist])
  if (!names.delete(name)) return [state, { kind: 'unchanged' }]
  return [withNames(state, blacklist, names), { kind: 'set' }]
}

/** Replaces the Nakadi admins, apart from the configured one. */
export const setAdmins: Applier<'setAdmins'> = (state, { admins }) => [
  { ...state, settings: { ...state.settings, admins } },
  { kind: 'set' },
]

function withNames(state: BrokerState, blacklist: BlacklistType, names: ReadonlySet<string>): BrokerState {
  const { settings } = state
  return { ...state, settings: { ...settings, blacklist: { ...settings.blacklist, [blacklist]: names } } }
}
