import type { BrokerAddress, Instrumentation } from './instrumentation.ts'
import type { Reporter } from './reporter.ts'

/** Who looks on at what a client does. */
export interface Observation {
  readonly reporter: Reporter
  readonly instrumentation: Instrumentation | undefined
  /** Where the broker of the client is. */
  readonly broker: BrokerAddress
}
