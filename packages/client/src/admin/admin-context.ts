import type { Clock } from '../clock.ts'
import type { Random } from '../random.ts'
import type { Call } from '../request/call.ts'

/** What the resources need that wait for the broker. */
export interface AdminContext {
  readonly call: Call
  readonly clock: Clock
  readonly random: Random
}
