// What `rioni check` has found about each event type, in the forms that terminals and CI systems read.

import type { Annotation } from './github-annotations.ts'

/** One thing that `rioni check` has found, with the line that it stands at. */
export interface CheckFinding extends Annotation {
  /** `untold`: the registry was asked and did not tell, so nobody knows. */
  readonly kind: 'breaking' | 'moved' | 'stale' | 'untold'
}
