import type { Command, CommandType, Outcomes } from '../core/commands.ts'
import type { BrokerState } from '../core/state.ts'

/**
 * The one order in which the broker's state changes. Replaying it from the beginning gives the same
 * state, in another process too.
 */
export interface CommandLog {
  /** The state after every command so far. Replaced, never modified. */
  readonly state: BrokerState
  /**
   * Puts a command at the end of the log. Resolves, when its turn has come, with what `apply` made of
   * it; by then `state` contains the change and the watchers know of it.
   *
   * @param at now, in milliseconds since the epoch
   */
  propose<T extends CommandType>(command: Command<T>, at: number): Promise<Outcomes[T]>
  /** Calls `onChange` after every change of `state`, until the returned function is called. */
  watch(onChange: () => void): () => void
}
