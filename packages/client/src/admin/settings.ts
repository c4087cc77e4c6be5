import type { Blacklist, BlacklistType, EventTypeAuthorization, Feature } from '@rioni/protocol'
import type { Call, CallOptions } from '../request/call.ts'

/** One entry of the blacklist. */
export interface BlacklistEntry {
  readonly type: BlacklistType
  /** Of the event type or application, as `type` says. */
  readonly name: string
}

/** The switches of the whole broker, for Nakadi admins. */
export interface Settings {
  /** The Nakadi admins, with the one that the broker is configured with in every list. */
  getAdmins(options?: CallOptions): Promise<EventTypeAuthorization>
  /** Replaces the Nakadi admins. No list may be empty. */
  setAdmins(admins: EventTypeAuthorization, options?: CallOptions): Promise<void>
  getBlacklist(options?: CallOptions): Promise<Blacklist>
  /** Keeps an application or event type from consuming or publishing, within seconds. Blocking twice is fine. */
  block(entry: BlacklistEntry, options?: CallOptions): Promise<void>
  /** Takes an entry off the blacklist. Unblocking what is not blocked is fine. */
  unblock(entry: BlacklistEntry, options?: CallOptions): Promise<void>
  /** All features, and whether they are on. */
  listFeatures(options?: CallOptions): Promise<readonly Feature[]>
  /** Switches a feature on or off. */
  setFeature(feature: Feature, options?: CallOptions): Promise<void>
}

/** The settings resource of one client. */
export function createSettings(call: Call): Settings {
  const entryOf = ({ type, name }: BlacklistEntry) => ({ blacklist_type: type, name })
  return {
    async getAdmins(options) {
      return (await call({ operation: 'getAdmins', parameters: {}, options })).body
    },
    async setAdmins(admins, options) {
      await call({ operation: 'setAdmins', parameters: {}, body: JSON.stringify(admins), options })
    },
    async getBlacklist(options) {
      return (await call({ operation: 'getBlacklist', parameters: {}, options })).body
    },
    async block(entry, options) {
      await call({ operation: 'addToBlacklist', parameters: entryOf(entry), options })
    },
    async unblock(entry, options) {
      await call({ operation: 'removeFromBlacklist', parameters: entryOf(entry), options })
    },
    async listFeatures(options) {
      return (await call({ operation: 'listFeatures', parameters: {}, options })).body.items
    },
    async setFeature(feature, options) {
      await call({ operation: 'setFeature', parameters: {}, body: JSON.stringify(feature), options })
    },
  }
}
