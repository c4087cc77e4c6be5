/** Notes which specification has seen which answer. `npm run coverage` makes docs/coverage.md of the notes. */

import { appendFileSync } from 'node:fs'
import { relative } from 'node:path'
import type { OperationId } from '@rioni/protocol'
import { expect } from 'vitest'

/** An answer that a specification has provoked. */
export interface SeenAnswer {
  readonly operation: OperationId
  readonly status: number
}

/** The file that takes the notes, one JSON object per line; without it nothing is noted. */
const file = process.env['RIONI_COVERAGE']

/** Notes an answer under the title of the running specification. */
export function recordAnswer(answer: SeenAnswer): void {
  if (file === undefined) return
  const { currentTestName = '', testPath = '' } = expect.getState()
  const spec = relative(process.cwd(), testPath)
  // The same sentence runs on every transport and storage, whose names stand in brackets after its situation.
  const title = currentTestName.replace(/ \([\w, ]+\) >/, ':').replaceAll(' > ', ': ')
  appendFileSync(file, `${JSON.stringify({ ...answer, spec, title })}\n`)
}
