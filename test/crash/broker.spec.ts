// A broker as people run it, killed in the middle of its work. `npm run test:crash -- --kills 300` does it for longer.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { killBrokers } from './kill-brokers.ts'

const KILLS = 24

it('keeps every event and every commit that it has acknowledged, however often it is killed', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'rioni-crash-'))
  try {
    const { acknowledged, committedPartitions } = await killBrokers({ directory, kills: KILLS, seed: 1 })
    expect(acknowledged).toBeGreaterThan(KILLS)
    expect(committedPartitions).toBeGreaterThan(0)
  } finally {
    rmSync(directory, { recursive: true })
  }
}, 120_000)
