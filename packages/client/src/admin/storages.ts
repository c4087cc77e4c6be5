import type { NewStorage, Storage } from '@rioni/protocol'
import type { Call, CallOptions } from '../request/call.ts'
import { orAlreadyGone } from './already-gone.ts'

/** The storages that timelines can be in, for Nakadi admins. */
export interface Storages {
  list(options?: CallOptions): Promise<readonly Storage[]>
  /** @throws NakadiError `not-found` */
  get(id: string, options?: CallOptions): Promise<Storage>
  /** @throws NakadiError `conflict` if the id is taken. */
  create(storage: NewStorage, options?: CallOptions): Promise<void>
  /** @throws NakadiError `not-found`, or `forbidden` while a timeline is in it. */
  delete(id: string, options?: CallOptions): Promise<void>
  /**
   * Lets new event types go to a storage.
   *
   * @throws NakadiError `not-found`
   */
  setDefault(id: string, options?: CallOptions): Promise<Storage>
}

/** The storage resource of one client. */
export function createStorages(call: Call): Storages {
  return {
    async list(options) {
      return (await call({ operation: 'listStorages', parameters: {}, options })).body
    },
    async get(id, options) {
      return (await call({ operation: 'getStorage', parameters: { id }, options })).body
    },
    async create(storage, options) {
      await call({ operation: 'createStorage', parameters: {}, body: JSON.stringify(storage), options })
    },
    delete: (id, options) => orAlreadyGone(call({ operation: 'deleteStorage', parameters: { id }, options })),
    async setDefault(id, options) {
      return (await call({ operation: 'setDefaultStorage', parameters: { id }, options })).body
    },
  }
}
