import { describe, expect, it } from 'vitest'
import { lostNames } from './lock-changes.ts'
import type { LockFile } from './lock-file.ts'

function lock(eventTypes: Readonly<Record<string, readonly string[]>>): LockFile {
  const entries = Object.entries(eventTypes).map(([eventType, [name = '', ...types]]) => {
    const parts = Object.fromEntries(types.map((type) => [type, { content: type }]))
    const about = {
      category: 'business',
      compatibilityMode: 'forward',
      schemaHash: '0',
      schema: '{}',
    } as const
    return [eventType, { ...about, name, types: parts }]
  })
  return { lockVersion: 1, eventTypes: Object.fromEntries(entries) }
}

describe('names that are lost', () => {
  it.each([
    { by: 'nothing', after: { a: ['A', 'ALine'], b: ['B'] }, lost: [] },
    { by: 'an addition', after: { a: ['A', 'ALine', 'ANew'], b: ['B'], c: ['C'] }, lost: [] },
    { by: 'a removal', after: { a: ['A', 'ALine'] }, lost: ['b is no longer there, and with it B'] },
    { by: 'a new name', after: { a: ['X', 'XLine'], b: ['B'] }, lost: ['a: A is now called X'] },
    {
      by: 'a part that is gone',
      after: { a: ['A'], b: ['B'] },
      lost: ['a: the type ALine is no longer there'],
    },
  ])('by $by are told', ({ after, lost }) => {
    expect(lostNames(lock({ a: ['A', 'ALine'], b: ['B'] }), lock(after))).toEqual(lost)
  })
})
