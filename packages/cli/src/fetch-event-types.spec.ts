import { type Client, NakadiError, type NakadiErrorCode } from '@rioni/client'
import { describe, expect, it } from 'vitest'
import type { Environment } from './environment.ts'
import { fetchEventTypes } from './fetch-event-types.ts'

function eventTypeOf(name: string): object {
  const schema = { type: 'json_schema', schema: '{}', version: '1.0.0', created_at: '2024-01-01T00:00:00Z' }
  return { name, owning_application: 'shop', category: 'undefined', schema }
}

/** A registry that answers some names with an error. */
function registry(failures: Readonly<Record<string, NakadiErrorCode>>): Client {
  const get = async (name: string) => {
    const code = failures[name]
    if (code !== undefined) throw new NakadiError({ code, outcome: 'rejected', message: `about ${name}` })
    return eventTypeOf(name)
  }
  return { eventTypes: { get } } as unknown as Client
}

function memory() {
  const lines: string[] = []
  const stderr = { write: (line: string) => lines.push(line) }
  return { lines, environment: { stderr, env: {} } as unknown as Environment }
}

describe('asking a registry about event types', () => {
  it('goes on when it does not tell about one of them', async () => {
    const { environment, lines } = memory()
    const client = registry({ b: 'forbidden', c: 'not-found' })
    const { eventTypes, untold } = await fetchEventTypes(environment, client, ['a', 'b', 'c', 'd'])
    expect([...eventTypes.keys()].sort()).toEqual(['a', 'd'])
    expect([...untold]).toEqual([['b', '[forbidden] about b']])
    expect(lines.join('')).toContain('b cannot be compared')
  })

  it('goes on when an answer is no event type', async () => {
    const { environment, lines } = memory()
    const get = async (name: string) => (name === 'b' ? {} : eventTypeOf(name))
    const client = { eventTypes: { get } } as unknown as Client
    const { eventTypes, untold } = await fetchEventTypes(environment, client, ['a', 'b'])
    expect([...eventTypes.keys()]).toEqual(['a'])
    expect([...untold.keys()]).toEqual(['b'])
    expect(lines.join('')).toContain('the registry describes b in a way that is no event type')
  })

  it('ends when it cannot be asked at all', async () => {
    const { environment } = memory()
    const client = registry({ a: 'unauthorized' })
    await expect(fetchEventTypes(environment, client, ['a', 'b'])).rejects.toMatchObject({
      code: 'unauthorized',
    })
  })

  it('asks nothing more once it cannot be asked', async () => {
    const { environment } = memory()
    const asked: string[] = []
    const get = async (name: string) => {
      asked.push(name)
      throw new NakadiError({ code: 'timeout', outcome: 'not-sent', message: 'no answer' })
    }
    const client = { eventTypes: { get } } as unknown as Client
    const names = Array.from({ length: 100 }, (_, index) => `e${index}`)
    await expect(fetchEventTypes(environment, client, names)).rejects.toMatchObject({ code: 'timeout' })
    await new Promise((resolve) => setImmediate(resolve))
    expect(asked.length).toBeLessThan(20)
  })

  it('tells how far it is when there are many', async () => {
    const { environment, lines } = memory()
    await fetchEventTypes(
      environment,
      registry({}),
      Array.from({ length: 200 }, (_, index) => `e${index}`),
    )
    expect(lines).toHaveLength(10)
    expect(lines[0]).toBe('asked about 20 of 200 event types\n')
  })
})
