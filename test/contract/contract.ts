/**
 * `contract(title, spec)` runs a specification once per transport and storage. Each of its tests has a world of its own: a new
 * broker, a clock that stands still until the test moves it, and random numbers that repeat. A test fails when
 * something outlives it: a session whose client has gone, or a timer of a broker that is closed.
 */

import {
  type BrokerOptions,
  createBroker,
  createManualClock,
  type ManualClock,
  seededRandom,
} from '@rioni/broker'
import type { SubscriptionList } from '@rioni/protocol'
import { describe, expect, test } from 'vitest'
import { jsonOf } from './answers.ts'
import { createRequests } from './requests.ts'
import { type Platform, platforms } from './storages.ts'
import type { Transport } from './transports.ts'
import { createWorld, type World } from './world.ts'

/** How the broker of a specification is set up. */
export interface Setup extends BrokerOptions {
  /** The token that every request of the world carries, unless `world.as` says otherwise. */
  readonly token?: string
}

/** Declares one behaviour, on every transport but those that cannot show it, each with the reason. */
export type It = (title: string, behaviour: (world: World) => Promise<void>, except?: Exceptions) => void

export type Exceptions = Partial<Record<Transport['name'], string>>

/** The time at which every world begins. */
export const WORLD_START = '2026-03-01T00:00:00.000Z'

/** The longest that the broker keeps the session of a client that has gone. */
const MAX_COMMIT_TIMEOUT_MS = 60_000

/** Runs a specification on every transport, and on every storage. */
export function contract(title: string, spec: (it: It) => void, setup: Setup = {}): void {
  for (const platform of platforms) {
    const { transport, storage } = platform
    describe(`${title} (${transport.name}, ${storage.name})`, () => {
      spec((sentence, behaviour, except = {}) => {
        const reason = except[transport.name]
        test(sentence, ({ skip }) =>
          reason === undefined ? inWorld({ ...platform, setup }, behaviour) : skip(reason),
        )
      })
    })
  }
}

interface Place extends Platform {
  readonly setup: Setup
}

async function inWorld(
  { transport, storage, setup: { token, ...access } }: Place,
  behaviour: (world: World) => Promise<void>,
): Promise<void> {
  const { clock, timers } = countingTimers(createManualClock(Date.parse(WORLD_START)))
  const broker = createBroker({ storage: await storage.open(), ...access, clock, random: seededRandom(1) })
  const connection = await transport.connect(broker)
  const requests = createRequests(connection, token)
  let isStopped = false
  const world = createWorld(clock, requests, async () => {
    isStopped = true
    await broker.close()
  })
  try {
    await behaviour(world)
    requests.abortAll()
    await clock.advance(MAX_COMMIT_TIMEOUT_MS)
    if (!isStopped) expect(await liveStreams(world), 'streams whose client has gone').toEqual([])
  } finally {
    requests.abortAll()
    await connection.close()
    await broker.close()
  }
  expect(timers(), 'timers of a closed broker').toBe(0)
}

/** The streams that own a partition of any subscription. */
async function liveStreams({ fetch, owners }: World): Promise<readonly string[]> {
  const { items } = await jsonOf<SubscriptionList>(await fetch('/subscriptions?limit=1000'))
  const ids = await Promise.all(items.map(owners))
  return ids.flat().flatMap((id) => id || [])
}

/** The same clock, and how many of its timers have neither run nor been cancelled. */
function countingTimers(clock: ManualClock): { clock: ManualClock; timers: () => number } {
  const pending = new Set<() => void>()
  const after: ManualClock['after'] = (ms, fn) => {
    const run = () => {
      pending.delete(run)
      fn()
    }
    pending.add(run)
    const cancel = clock.after(ms, run)
    return () => {
      pending.delete(run)
      cancel()
    }
  }
  return { clock: { ...clock, after }, timers: () => pending.size }
}
