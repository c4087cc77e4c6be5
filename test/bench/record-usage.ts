// Loaded before a program: says at its end what it took, on the channel to whoever has started it.

import { writeFileSync } from 'node:fs'

const file = process.env['BENCH_USAGE_FILE']
// Every thread loads this; what a process took is the same on all of them, and the main one ends last.
if (file !== undefined) {
  process.on('exit', () => writeFileSync(file, JSON.stringify(process.resourceUsage())))
}
