// V8 reckons with programs that run for long. Generating takes seconds, of which it spends a third on optimising code that
// is hardly called again, in each thread anew. See docs/decisions/0016-generating-optimises-less.md.

import { setFlagsFromString } from 'node:v8'

/** By the major version of V8, so that none is asked for what it does not know. Later ones do well by themselves. */
const FLAGS: Readonly<Record<string, readonly string[]>> = {
  // Node.js 20
  '11': ['--max-inlined-bytecode-size-cumulative=100', '--interrupt-budget=500000'],
  // Node.js 22
  '12': ['--max-inlined-bytecode-size-cumulative=100'],
}

/** Makes this process, with the threads that it starts, optimise less of what it runs, from now on. */
export function optimiseLess(): void {
  const [major = ''] = process.versions.v8.split('.')
  for (const flag of FLAGS[major] ?? []) setFlagsFromString(flag)
}
