import type { Applier } from './commands.ts'
import type { BrokerState, StorageState } from './state.ts'

/** Adds a storage, unless its id is taken. One that is to be the default takes the place of the present one. */
export const createStorage: Applier<'createStorage'> = (state, { storage }) => {
  if (state.storages.has(storage.id)) return [state, { kind: 'exists' }]
  const others = storage.isDefault ? withDefault(state.storages, undefined) : state.storages
  return [{ ...state, storages: new Map(others).set(storage.id, storage) }, { kind: 'created' }]
}

/** Removes a storage that holds no timeline. */
export const deleteStorage: Applier<'deleteStorage'> = (state, { id }) => {
  if (!state.storages.has(id)) return [state, { kind: 'unknownStorage' }]
  if (isUsed(id, state)) return [state, { kind: 'used' }]
  const storages = new Map(state.storages)
  storages.delete(id)
  return [{ ...state, storages }, { kind: 'deleted' }]
}

/** Chooses the storage of the event types to come. */
export const setDefaultStorage: Applier<'setDefaultStorage'> = (state, { id }) => {
  const storage = state.storages.get(id)
  if (storage === undefined) return [state, { kind: 'unknownStorage' }]
  const storages = withDefault(state.storages, id)
  return [
    { ...state, storages },
    { kind: 'chosen', storage: { ...storage, isDefault: true } },
  ]
}

function isUsed(id: string, { eventTypes }: BrokerState): boolean {
  return [...eventTypes.values()].some(({ timelines }) =>
    timelines.some(({ storageId, deleted }) => storageId === id && !deleted),
  )
}

/** The storages with this one as the default, or none of them. */
function withDefault(
  storages: ReadonlyMap<string, StorageState>,
  id: string | undefined,
): ReadonlyMap<string, StorageState> {
  return new Map([...storages].map(([key, storage]) => [key, { ...storage, isDefault: key === id }]))
}
