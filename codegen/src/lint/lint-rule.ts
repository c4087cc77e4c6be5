import type { NewEventType } from '@rioni/protocol'
import type { SchemaNode } from '../schema/json-schema.ts'
import type { VisitedSchema } from './visit-schemas.ts'

/** How much a finding weighs; `off` for a rule that is not asked. */
export type LintLevel = 'off' | 'warning' | 'error'

/** An event type as rules look at it. */
export interface LintSubject {
  readonly eventType: NewEventType
  /** The schema as a value; undefined when it is no JSON schema. */
  readonly schema: SchemaNode | undefined
  /** Every schema within it, itself first. */
  readonly nodes: readonly VisitedSchema[]
}

/** What a rule has to say about an event type. */
export interface Remark {
  /** The place in the definition with its schema as an object: `['schema', 'schema', 'properties', 'note']`. */
  readonly at: readonly string[]
  /** What is the case, in a sentence without its full stop. */
  readonly message: string
}

/** One thing that event types are looked at for. */
export interface LintRule {
  /** The word that switches it off; never changes. */
  readonly id: string
  /**
   * Its level unless somebody chose another: an `error` where events or consumers come to harm, a `warning` where a
   * convention of the Zalando RESTful API guidelines is not followed.
   */
  readonly level: Exclude<LintLevel, 'off'>
  /** What it wants, in a sentence. */
  readonly summary: string
  /** What to do about a finding. */
  readonly remedy: string
  check(subject: LintSubject): readonly Remark[]
}

/** The place of a field of the definition. */
export function atField(field: string): readonly string[] {
  return [field]
}

/** The place of something within the schema. */
export function atSchema(
  { path }: Pick<VisitedSchema, 'path'>,
  ...below: readonly string[]
): readonly string[] {
  return ['schema', 'schema', ...path, ...below]
}
