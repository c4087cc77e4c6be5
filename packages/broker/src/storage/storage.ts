import type { CommandLog } from './command-log.ts'
import type { EventLog } from './event-log.ts'

/** Where a broker keeps everything: its events and its state. */
export interface Storage {
  readonly events: EventLog
  readonly commands: CommandLog
  /** Writes what is not yet written and gives back files and connections. */
  close(): Promise<void>
}
