import type { Client } from '@rioni/client'
import { NakadiError } from '@rioni/client'
import { decideEventType, type PlanStep } from '@rioni/codegen'
import { completeEventType } from '@rioni/event-types'
import type { EventType, NewEventType } from '@rioni/protocol'
import { describe, expect, it } from 'vitest'
import { carryOut } from './carry-out.ts'

const definition: NewEventType = {
  name: 'a',
  owning_application: 'shop',
  category: 'undefined',
  schema: { type: 'json_schema', schema: '{}' },
}

const stored = completeEventType(definition, 0)

/** A registry with at most one event type, whose writes may answer as a test wants. */
function registry(initial: EventType | undefined, answer: (store: () => void) => void = (store) => store()) {
  const state = { current: initial, writes: 0 }
  const write = async (wanted: NewEventType) => {
    state.writes += 1
    answer(() => {
      state.current = { ...stored, ...wanted } as EventType
    })
  }
  const eventTypes = {
    get: async () => {
      if (state.current !== undefined) return state.current
      throw new NakadiError({ code: 'not-found', outcome: 'rejected', message: 'gone' })
    },
    create: write,
    update: (_: string, wanted: NewEventType) => write(wanted),
  }
  return { state, client: { eventTypes } as unknown as Client }
}

function step(wanted: NewEventType, current: EventType | undefined): PlanStep {
  return { subject: 'event-type', name: 'a', decision: decideEventType(wanted, current) }
}

const labelled = { ...definition, labels: { team: 'shop' } }
const lost = new NakadiError({ code: 'timeout', outcome: 'unknown', message: 'no answer' })

describe('carrying a step out', () => {
  it('sends the whole event type of the registry with what is to change', async () => {
    const { state, client } = registry(stored)
    await carryOut(client, step(labelled, stored))
    expect(state.current).toEqual({ ...stored, labels: { team: 'shop' } })
  })

  it('leaves alone what somebody else has changed since the plan was made', async () => {
    const { state, client } = registry({ ...stored, annotations: { why: 'x' } })
    await expect(carryOut(client, step(labelled, stored))).rejects.toThrow('somebody else has changed it')
    expect(state.writes).toBe(0)
  })

  it('sends nothing when somebody else has done the same', async () => {
    const { state, client } = registry({ ...stored, labels: labelled.labels })
    await carryOut(client, step(labelled, stored))
    expect(state.writes).toBe(0)
  })

  it.each([undefined, stored])('is done when only the answer was lost', async (current) => {
    const { client } = registry(current, (store) => {
      store()
      throw lost
    })
    await expect(carryOut(client, step(labelled, current))).resolves.toBeUndefined()
  })

  it('has failed when the answer was lost and nothing was done', async () => {
    const { client } = registry(undefined, () => {
      throw lost
    })
    await expect(carryOut(client, step(labelled, undefined))).rejects.toBe(lost)
  })

  it('creates nothing over what somebody else has created', async () => {
    const { state, client } = registry({ ...stored, owning_application: 'other' })
    await expect(carryOut(client, step(labelled, undefined))).rejects.toThrow('somebody else')
    expect(state.writes).toBe(0)
  })
})
