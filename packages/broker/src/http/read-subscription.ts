import { annotationViolations, deadLetterViolations, labelViolations } from '@rioni/event-types'
import type {
  AuthorizationAttribute,
  ReadFrom,
  Subscription,
  SubscriptionAuthorization,
  SubscriptionCursorWithoutToken,
} from '@rioni/protocol'
import type { Violation } from './problem.ts'
import {
  fieldsOf,
  missing,
  optionalList,
  optionalText,
  optionalTexts,
  type ReadBody,
  readWith,
  UnreadableBodyError,
} from './read-fields.ts'

/** A subscription as a client wants it, apart from what the broker gives it. */
export interface RequestedSubscription
  extends Omit<Subscription, 'id' | 'created_at' | 'updated_at' | 'status' | 'annotations' | 'labels'> {
  /** Undefined when the client says nothing about them. */
  readonly annotations: Texts | undefined
  readonly labels: Texts | undefined
}

type Texts = Readonly<Record<string, string>>

const READ_FROM: readonly ReadFrom[] = ['begin', 'end', 'cursors']

/** Reads the body of a request to create or change a subscription, with the defaults filled in. */
export function readSubscription(body: unknown): ReadBody<RequestedSubscription> {
  return readWith(() => {
    const fields = fieldsOf(body, '')
    const violations: Violation[] = []
    const value: RequestedSubscription = {
      owning_application: readName(fields, 'owning_application', violations),
      event_types: readEventTypes(fields, violations),
      consumer_group: fields.has('consumer_group')
        ? readName(fields, 'consumer_group', violations)
        : 'default',
      read_from: readReadFrom(fields, violations),
      initial_cursors: readInitialCursors(fields, violations),
      authorization: readAuthorization(fields, violations),
      annotations: optionalTexts(fields.get('annotations'), 'annotations'),
      labels: optionalTexts(fields.get('labels'), 'labels'),
    }
    violations.push(
      ...annotationViolations(value.annotations ?? {}),
      ...deadLetterViolations(value.annotations ?? {}),
      ...labelViolations(value.labels ?? {}),
    )
    return violations.length > 0 ? { kind: 'invalid', violations } : { kind: 'read', value }
  })
}

type Fields = ReadonlyMap<string, unknown>

function readName(fields: Fields, field: string, violations: Violation[]): string {
  const name = optionalText(fields.get(field), field)
  if (name === undefined) violations.push(missing(field))
  if (name === '') violations.push({ field, message: 'must contain at least one character' })
  return name ?? ''
}

function readEventTypes(fields: Fields, violations: Violation[]): readonly string[] {
  const names = optionalList(fields.get('event_types'), 'event_types')
  if (names === undefined) violations.push(missing('event_types'))
  if (names?.length === 0)
    violations.push({ field: 'event_types', message: 'must contain at least one element' })
  const texts = (names ?? []).map((name, index) => optionalText(name, `event_types[${index}]`) ?? 'null')
  return [...new Set(texts)].sort()
}

function readReadFrom(fields: Fields, violations: Violation[]): ReadFrom {
  if (!fields.has('read_from')) return 'end'
  const text = optionalText(fields.get('read_from'), 'read_from')
  if (text === undefined) violations.push(missing('read_from'))
  const known = READ_FROM.find((name) => name === (text ?? 'end').toLowerCase())
  if (known !== undefined) return known
  throw new UnreadableBodyError(`Illegal enum value: '${text}'. Possible values: [${READ_FROM.join(', ')}]`)
}

function readInitialCursors(
  fields: Fields,
  violations: Violation[],
): readonly SubscriptionCursorWithoutToken[] {
  const cursors = optionalList(fields.get('initial_cursors'), 'initial_cursors') ?? []
  return cursors.map((cursor, index) => {
    const name = `initial_cursors[${index}]`
    const given = fieldsOf(cursor, name)
    const required = (field: string): string => {
      const text = optionalText(given.get(field), `${name}.${field}`)
      if (text === undefined) violations.push(missing(`${name}.${field}`))
      return text ?? ''
    }
    return {
      event_type: required('event_type'),
      partition: required('partition'),
      offset: required('offset'),
    }
  })
}

function readAuthorization(fields: Fields, violations: Violation[]): SubscriptionAuthorization | null {
  const value = fields.get('authorization')
  if (value === undefined || value === null) return null
  const lists = fieldsOf(value, 'authorization')
  return {
    admins: readAttributes(lists.get('admins'), 'authorization.admins', violations),
    readers: readAttributes(lists.get('readers'), 'authorization.readers', violations),
  }
}

/** Reads a list of an authorization section; it must contain at least one attribute. */
export function readAttributes(
  value: unknown,
  name: string,
  violations: Violation[],
): readonly AuthorizationAttribute[] {
  const attributes = optionalList(value, name)
  if (attributes === undefined) violations.push(missing(name))
  if (attributes?.length === 0)
    violations.push({ field: name, message: 'must contain at least one attribute' })
  return (attributes ?? []).map((attribute, index) => {
    const fields = fieldsOf(attribute, `${name}[${index}]`)
    const data_type = optionalText(fields.get('data_type'), `${name}[${index}].data_type`)
    const text = optionalText(fields.get('value'), `${name}[${index}].value`)
    if (data_type === undefined) violations.push(missing(`${name}[${index}].data_type`))
    if (text === undefined) violations.push(missing(`${name}[${index}].value`))
    return { data_type: data_type ?? '', value: text ?? '' }
  })
}
