import type { NewSubscription } from '@rioni/protocol'
import type { Diagnostic } from '../diagnostic.ts'

/** A subscription that somebody wants, and where it was read. */
export interface SubscriptionDefinition {
  readonly subscription: NewSubscription
  readonly origin: {
    /** Path relative to the folder that was loaded, with `/` on every system. */
    readonly file: string
    /** JSON pointer to it within the file. */
    readonly pointer: string
  }
}

/** The subscriptions of a source. */
export interface LoadedSubscriptions {
  /** In the order of the files' paths. */
  readonly subscriptions: readonly SubscriptionDefinition[]
  /** What is wrong with those that are left out. Files that cannot be read at all are told by `loadDefinitions`. */
  readonly diagnostics: readonly Diagnostic[]
}
