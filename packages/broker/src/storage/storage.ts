import type { CommandLog } from './command-log.ts'
import type { EventLog } from './event-log.ts'

/** Where a broker keeps everything: its events and its state. */
export interface Storage {
  readonly events: EventLog
  readonly commands: CommandLog
  /** Bytes that the storage occupies, if it knows. Cheap: it is asked whenever metrics are read. */
  sizeBytes?(): number
  /** Writes what is not yet written and gives back files and connections. */
  close(): Promise<void>
}
