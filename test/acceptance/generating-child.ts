// A process that generates the code of one schema at a time, so that it can be stopped when one takes too long, and so
// that the memory of the one that needs the most is known.

import { performance } from 'node:perf_hooks'
import { type EventTypeDefinition, generate } from '@rioni/codegen'
import type { Attempt } from './attempt.ts'

process.on('message', async (definition: EventTypeDefinition) => {
  const startedAt = performance.now()
  const { files, diagnostics, proof } = await generate([definition])
  const attempt: Attempt = {
    files,
    diagnostics,
    proof,
    ms: performance.now() - startedAt,
    // Kilobytes; the most since the process started.
    peakMb: process.resourceUsage().maxRSS / 1024,
  }
  process.send?.(attempt)
})
