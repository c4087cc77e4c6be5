// npm run test:crash                            kills a broker 100 times
// npm run test:crash -- --kills 300 --seed 7     says how often, and which random numbers to use

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { killBrokers } from './kill-brokers.ts'

const { values } = parseArgs({
  options: { kills: { type: 'string', default: '100' }, seed: { type: 'string', default: '1' } },
})
const directory = mkdtempSync(join(tmpdir(), 'rioni-crash-'))
const report = await killBrokers({ directory, kills: Number(values.kills), seed: Number(values.seed) }).catch(
  (error) => {
    console.error(`The data directory is left for a look at it: ${directory}`)
    throw error
  },
)
rmSync(directory, { recursive: true })
console.log(report)
