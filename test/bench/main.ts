// npm run bench                         every benchmark
// npm run bench -- lines --json FILE    one of them; also writes an array of { case, value, unit, baseline, ratio }

import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { type Benchmark, type Measurement, printTable } from './bench.ts'
import { broker } from './broker.ts'
import { codegen } from './codegen.ts'
import { consume } from './consume.ts'
import { lines } from './lines.ts'
import { publish } from './publish.ts'
import { schemas } from './schemas.ts'
import { storage } from './storage.ts'

const benchmarks: Readonly<Record<string, Benchmark>> = {
  lines,
  publish,
  consume,
  broker,
  schemas,
  storage,
  codegen,
}

const { values, positionals } = parseArgs({ options: { json: { type: 'string' } }, allowPositionals: true })
const unknown = positionals.filter((name) => !(name in benchmarks))
if (unknown.length > 0) {
  console.error(
    `There is no benchmark ${unknown.join(', ')}; there are ${Object.keys(benchmarks).join(', ')}.`,
  )
  process.exit(2)
}

const measurements: Measurement[] = []
for (const [name, benchmark] of Object.entries(benchmarks)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue
  console.error(`measuring ${name} ...`)
  measurements.push(...(await benchmark()))
}
console.log(printTable(measurements))
if (values.json) writeFileSync(values.json, `${JSON.stringify(measurements, null, 2)}\n`)
