import type { CompatibilityMode } from '@rioni/protocol'

/**
 * How much of a schema's version a change moves: `major` x.0.0, `minor` 0.x.0, `patch` 0.0.x. In the modes
 * `forward` and `compatible` major changes are refused.
 */
export type ChangeLevel = 'major' | 'minor' | 'patch'

/** Every kind of difference between two JSON schemas that the Nakadi broker tells apart. */
export type SchemaChangeKind =
  | 'description-changed'
  | 'title-changed'
  | 'id-changed'
  | 'schema-removed'
  | 'type-changed'
  | 'type-narrowed'
  | 'properties-added'
  | 'property-removed'
  | 'required-array-extended'
  | 'required-array-changed'
  | 'additional-properties-narrowed'
  | 'additional-properties-changed'
  | 'additional-items-changed'
  | 'number-of-items-changed'
  | 'dependency-array-changed'
  | 'dependency-schema-changed'
  | 'composition-method-changed'
  | 'sub-schema-changed'
  | 'attribute-value-changed'
  | 'enum-array-changed'

/** One difference between two schemas. */
export interface SchemaChange {
  readonly kind: SchemaChangeKind
  /** Where it is: `#/` for the root, otherwise such as `#/properties/foo/maxLength`, names as they are. */
  readonly path: string
}

interface Kind {
  /** In the modes `forward` and `none`. */
  readonly level: ChangeLevel
  /** In the mode `compatible`, where it is another one. */
  readonly levelIfCompatible?: ChangeLevel
  /** The broker's words for it. */
  readonly text: string
}

const NOT_ALLOWED = 'change not allowed'

/** Section "Schema evolution" of the Nakadi manual; the texts are the broker's where it has any. */
const KINDS: Readonly<Record<SchemaChangeKind, Kind>> = {
  'description-changed': { level: 'patch', text: 'description changed' },
  'title-changed': { level: 'patch', text: 'title changed' },
  // The broker has no text for this one and says null.
  'id-changed': { level: 'major', text: 'null' },
  'schema-removed': { level: 'major', text: NOT_ALLOWED },
  'type-changed': { level: 'major', text: 'schema types must be the same' },
  'type-narrowed': { level: 'minor', levelIfCompatible: 'major', text: 'schema types cannot be narrowed' },
  'properties-added': { level: 'minor', text: 'properties added' },
  'property-removed': { level: 'major', text: 'schema properties cannot be removed' },
  'required-array-extended': { level: 'minor', levelIfCompatible: 'major', text: 'required array changed' },
  'required-array-changed': { level: 'major', text: 'required array changed' },
  'additional-properties-narrowed': { level: 'minor', levelIfCompatible: 'major', text: NOT_ALLOWED },
  'additional-properties-changed': { level: 'major', text: NOT_ALLOWED },
  'additional-items-changed': { level: 'major', text: NOT_ALLOWED },
  'number-of-items-changed': { level: 'major', text: 'the number of schema items cannot be changed' },
  'dependency-array-changed': { level: 'major', text: 'schema dependencies array cannot be changed' },
  'dependency-schema-changed': { level: 'major', text: 'schema dependencies cannot be changed' },
  'composition-method-changed': { level: 'major', text: 'schema composition method changed' },
  'sub-schema-changed': { level: 'major', text: 'sub schema changed' },
  'attribute-value-changed': { level: 'major', text: 'change to attribute value not allowed' },
  'enum-array-changed': { level: 'major', text: 'enum array changed' },
}

/** How severe a change of this kind is for a schema in the given mode. */
export function changeLevel(kind: SchemaChangeKind, mode: CompatibilityMode): ChangeLevel {
  const { level, levelIfCompatible = level } = KINDS[kind]
  return mode === 'compatible' ? levelIfCompatible : level
}

/** The change in a few words: those of the broker's 422, such as `schema properties cannot be removed`. */
export function changeText(kind: SchemaChangeKind): string {
  return KINDS[kind].text
}

/** The most severe level of some changes; undefined when there are none. */
export function highestLevel(
  changes: readonly SchemaChange[],
  mode: CompatibilityMode,
): ChangeLevel | undefined {
  const levels = new Set(changes.map(({ kind }) => changeLevel(kind, mode)))
  return (['major', 'minor', 'patch'] as const).find((level) => levels.has(level))
}
