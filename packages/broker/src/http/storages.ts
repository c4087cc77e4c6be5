import type { OpenApiComponents } from '@rioni/protocol'
import type { BrokerState, StorageState } from '../core/state.ts'
import type { BrokerContext, Handlers, RoutedRequest } from './handler.ts'
import { problem, readOnlyMode, validationProblem } from './problem.ts'
import { readNewStorage } from './read-storage.ts'
import { readJson } from './request-body.ts'
import { empty, json } from './response.ts'

type StorageView = OpenApiComponents['schemas']['Storage']

/** Administers the storages that timelines can be in. This broker keeps them all in one event log. */
export function createStorageHandlers(context: BrokerContext): Handlers {
  return {
    listStorages: () => listStorages(context),
    createStorage: (request) => createStorage(request, context),
    getStorage: ({ path }) => getStorage(path['id'] ?? '', context),
    deleteStorage: ({ path }) => deleteStorage(path['id'] ?? '', context),
    setDefaultStorage: ({ path }) => setDefaultStorage(path['id'] ?? '', context),
  }
}

function listStorages({ storage }: BrokerContext): Response {
  return json(200, [...storage.commands.state.storages.values()].map(viewStorage))
}

async function createStorage(
  request: RoutedRequest,
  { clock, storage: { commands } }: BrokerContext,
): Promise<Response> {
  const body = readJson(request)
  if (!body.ok) return body.response
  const read = readNewStorage(body.value)
  if (read.kind === 'unreadable') return problem(422, read.message)
  if (read.kind === 'invalid') return validationProblem(read.violations)
  if (isReadOnly(commands.state)) return readOnlyMode()
  const storage = read.value
  const { kind } = await commands.propose({ type: 'createStorage', storage }, clock.now())
  return kind === 'created' ? empty(201) : problem(409, `A storage with id '${storage.id}' already exists.`)
}

function getStorage(id: string, { storage }: BrokerContext): Response {
  const found = storage.commands.state.storages.get(id)
  return found === undefined ? problem(404, `No storage with id ${id}`) : json(200, viewStorage(found))
}

async function deleteStorage(id: string, { clock, storage }: BrokerContext): Promise<Response> {
  if (isReadOnly(storage.commands.state)) return readOnlyMode()
  const { kind } = await storage.commands.propose({ type: 'deleteStorage', id }, clock.now())
  switch (kind) {
    case 'deleted':
      return empty(204)
    case 'unknownStorage':
      return problem(404, `Tried to remove storage that doesn't exist, id: ${id}`)
    case 'used':
      return problem(403, `Can't delete storage as it is still used, id: ${id}`)
  }
}

async function setDefaultStorage(id: string, { clock, storage }: BrokerContext): Promise<Response> {
  if (isReadOnly(storage.commands.state)) return readOnlyMode()
  const outcome = await storage.commands.propose({ type: 'setDefaultStorage', id }, clock.now())
  if (outcome.kind === 'unknownStorage') return problem(404, `Storage with id ${id} is not found`)
  return json(200, viewStorage(outcome.storage))
}

function isReadOnly({ settings }: BrokerState): boolean {
  return settings.features.has('disable_db_write_operations')
}

function viewStorage({ id, storageType, kafkaConfiguration, isDefault }: StorageState): StorageView {
  const { type, addresses, path } = kafkaConfiguration.zookeeperConnection
  return {
    id,
    storage_type: storageType,
    kafka_configuration: { zookeeper_connection: { type, addresses: [...addresses], path } },
    default: isDefault,
  }
}
