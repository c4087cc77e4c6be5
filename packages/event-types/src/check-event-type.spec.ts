import { describe, expect, it } from 'vitest'
import { checkEventType } from './check-event-type.ts'
import type { Violation } from './violation.ts'

const minimal = {
  name: 'order.order-placed',
  owning_application: 'shop',
  category: 'business',
  schema: { type: 'json_schema', schema: '{}' },
}

function violationsOf(changes: object): readonly Violation[] {
  const check = checkEventType({ ...minimal, ...changes })
  return check.ok ? [] : check.violations
}

function unreadable(input: unknown): string | undefined {
  const check = checkEventType(input)
  return check.ok ? undefined : check.unreadable
}

describe('a definition with the required fields', () => {
  it('is an event type', () => {
    expect(checkEventType(minimal)).toEqual({ ok: true, eventType: minimal })
  })

  it('keeps the fields of the API and loses all others', () => {
    const full = {
      ...minimal,
      enrichment_strategies: ['metadata_enrichment'],
      partition_strategy: 'hash',
      partition_key_fields: ['id'],
      default_statistic: {
        messages_per_minute: 0,
        message_size: 1,
        read_parallelism: 1,
        write_parallelism: 1,
      },
      options: { retention_time: 1 },
      authorization: {
        admins: [{ data_type: '*', value: '*' }],
        readers: [{ data_type: '*', value: '*' }],
        writers: [{ data_type: '*', value: '*' }],
      },
      annotations: { 'a.b/c': 'text' },
      labels: { team: 'x' },
      audience: 'company-internal',
      event_owner_selector: { type: 'path', name: 'owner', value: 'a.b' },
    }
    expect(checkEventType({ ...full, status: 'x', schema: { ...full.schema, version: 'x' } })).toEqual({
      ok: true,
      eventType: full,
    })
  })

  it('may write enumerations in any case', () => {
    expect(checkEventType({ ...minimal, category: 'BUSINESS', cleanup_policy: 'Compact' })).toMatchObject({
      ok: true,
      eventType: { category: 'business', cleanup_policy: 'compact' },
    })
  })
})

describe('a document that cannot be read', () => {
  it.each([
    { input: null, want: 'The document must be an object' },
    { input: [], want: 'The document must be an object' },
    { input: { schema: 'x' }, want: 'Field "schema" must be an object' },
    { input: { partition_key_fields: [{}] }, want: 'Field "partition_key_fields[0]" must be a string' },
    {
      input: { options: { retention_time: 'long' } },
      want: 'Field "options.retention_time" must be a number',
    },
    {
      input: { category: 'x' },
      want: "Illegal enum value: 'x'. Possible values: [undefined, data, business]",
    },
  ])('is reported as such: $want', ({ input, want }) => {
    expect(unreadable(input)).toBe(want)
  })
})

describe('the violations of a definition', () => {
  it('are reported all together', () => {
    const check = checkEventType({ name: '', schema: { type: 'json_schema' }, compatibility_mode: null })
    expect(check).toEqual({
      ok: false,
      violations: [
        { field: 'name', message: 'format not allowed' },
        { field: 'name', message: 'the length of the name must be >= 1 and <= 255' },
        { field: 'owning_application', message: 'must not be null' },
        { field: 'category', message: 'must not be null' },
        { field: 'schema.schema', message: 'must not be null' },
        { field: 'compatibility_mode', message: 'must not be null' },
      ],
    })
  })

  it.each(['1a', 'a..b', 'a.', 'a b', '-a', 'a.-b', 'ä'])('name the format of the name "%s"', (name) => {
    expect(violationsOf({ name })).toEqual([{ field: 'name', message: 'format not allowed' }])
  })

  it('name the length of a name', () => {
    expect(violationsOf({ name: 'a'.repeat(255) })).toEqual([])
    expect(violationsOf({ name: 'a'.repeat(256) })).toEqual([
      { field: 'name', message: 'the length of the name must be >= 1 and <= 255' },
    ])
  })

  it('name every bad or missing statistic', () => {
    const statistic = { messages_per_minute: -1, message_size: 0, read_parallelism: 0 }
    expect(violationsOf({ default_statistic: statistic })).toEqual([
      { field: 'default_statistic.messages_per_minute', message: "can't be less then zero" },
      { field: 'default_statistic.message_size', message: "can't be less then 1" },
      { field: 'default_statistic.read_parallelism', message: 'at least one reader expected' },
      { field: 'default_statistic.write_parallelism', message: 'must not be null' },
    ])
  })

  it('name empty, missing and incomplete authorization lists', () => {
    expect(violationsOf({ authorization: { admins: [], writers: [{ data_type: 'user' }] } })).toEqual([
      { field: 'authorization.admins', message: 'must contain at least one attribute' },
      { field: 'authorization.readers', message: 'must not be null' },
      { field: 'authorization.writers[0].value', message: 'must not be null' },
    ])
  })

  it('name an incomplete owner selector', () => {
    expect(violationsOf({ event_owner_selector: { type: 'path', name: '' } })).toEqual([
      { field: 'event_owner_selector.name', message: 'the length of the name must be >= 1' },
      { field: 'event_owner_selector.value', message: 'must not be null' },
    ])
  })
})

describe('the keys of annotations and labels', () => {
  const messagesFor = (key: string): string[] =>
    violationsOf({ labels: { [key]: 'x' } }).map(({ message }) => message)

  it.each(['a', 'A.b_c-1', 'a.b/c', 'x-1.example.org/Key'])('may be "%s"', (key) => {
    expect(messagesFor(key)).toEqual([])
  })

  it.each([
    { key: '-a.b/c', want: ['Key name should be an optional lowercase domain name with path'] },
    {
      key: 'A.b/c',
      want: [
        'Key name should be an optional lowercase domain name with path',
        'Key prefix cannot be more than 253 characters.',
        'Key name cannot be more than 63 characters.',
      ],
    },
    { key: '-a', want: ['Key name should start and end with a letter or a digit'] },
    { key: `${'a'.repeat(254)}/c`, want: ['Key prefix cannot be more than 253 characters.'] },
    { key: 'a'.repeat(64), want: ['Key name cannot be more than 63 characters.'] },
    { key: '', want: ['Key cannot be empty', 'Key name should start and end with a letter or a digit'] },
  ])('may not be "$key"', ({ key, want }) => {
    expect(messagesFor(key)).toEqual(want)
  })

  it('are checked in time, whatever is sent', () => {
    expect(messagesFor(`${'a-'.repeat(100_000)}!`)).not.toEqual([])
  })
})

describe('the values of annotations and labels', () => {
  it('have a length, and those of labels a form', () => {
    expect(violationsOf({ annotations: { a: 'x\n'.repeat(500) } })).toEqual([])
    expect(violationsOf({ annotations: { a: 'x'.repeat(1001) } })).toEqual([
      { field: 'annotations[]', message: 'size must be between 0 and 1000' },
    ])
    expect(violationsOf({ labels: { a: '', b: 'x'.repeat(64), c: 'a b' } })).toEqual([
      { field: 'labels[]', message: 'size must be between 0 and 63' },
      { field: 'labels[]', message: 'Should contain only allowed symbols' },
    ])
  })
})
