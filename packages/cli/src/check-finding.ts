// What `rioni check` has found about each event type, in the forms that terminals and CI systems read.

import type { Annotation } from './github-annotations.ts'

/** One thing that `rioni check` has found, with the line that it stands at. */
export interface CheckFinding extends Annotation {
  readonly kind: 'breaking' | 'moved' | 'stale'
}
