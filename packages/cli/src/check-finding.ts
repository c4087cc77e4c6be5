// What `rioni check` has found about each event type, in the forms that terminals and CI systems read.

import type { Diagnostic } from '@rioni/codegen'

/** One thing that `rioni check` has found, with the line that it stands at. */
export interface CheckFinding extends Diagnostic {
  readonly eventType: string
  readonly kind: 'breaking' | 'moved' | 'stale'
  /** Counted from 1. */
  readonly line?: number
}
