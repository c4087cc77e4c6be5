// Whether data written with one Avro schema can be read with another one: section "Schema Resolution" of
// the Avro specification, in the words of Avro for Java, which the Nakadi broker passes on.

import { type AvroField, type AvroType, avroTypeName } from './avro-type.ts'

/** One reason why a reader cannot read what a writer writes. */
export interface AvroIncompatibility {
  readonly type:
    | 'NAME_MISMATCH'
    | 'FIXED_SIZE_MISMATCH'
    | 'MISSING_ENUM_SYMBOLS'
    | 'READER_FIELD_MISSING_DEFAULT_VALUE'
    | 'TYPE_MISMATCH'
    | 'MISSING_UNION_BRANCH'
  /** Where in the reader's schema: `/`, `/fields/0/type`. */
  readonly location: string
  readonly message: string
}

/** Everything that keeps a reader from reading what a writer writes; empty when it can. */
export function avroIncompatibilities(reader: AvroType, writer: AvroType): readonly AvroIncompatibility[] {
  return resolve({ reader, writer, location: [] }, new Map())
}

interface Resolution {
  readonly reader: AvroType
  readonly writer: AvroType
  readonly location: readonly string[]
}

/**
 * What is known of pairs of records. A pair that is being compared counts as compatible inside itself: what
 * is wrong with it is found outside.
 */
type Known = Map<AvroType, Map<AvroType, readonly AvroIncompatibility[]>>

function resolve(resolution: Resolution, known: Known): readonly AvroIncompatibility[] {
  const { reader, writer } = resolution
  if (reader.kind !== 'record' || writer.kind !== 'record') return resolveAny(resolution, known)
  const outcomes = known.get(reader) ?? new Map<AvroType, readonly AvroIncompatibility[]>()
  known.set(reader, outcomes)
  const outcome = outcomes.get(writer)
  // Told once in full: records that contain each other would multiply the list.
  if (outcome !== undefined) return outcome.slice(0, 1)
  outcomes.set(writer, [])
  const found = resolveAny(resolution, known)
  outcomes.set(writer, found)
  return found
}

function resolveAny(resolution: Resolution, known: Known): readonly AvroIncompatibility[] {
  const { reader, writer } = resolution
  if (writer.kind === 'union') return resolveWriterUnion(resolution, writer.branches, known)
  if (reader.kind === writer.kind) return resolveSameKind(resolution, known)
  if (reader.kind === 'union') return resolveReaderUnion(resolution, reader.branches, known)
  return PROMOTIONS[reader.kind]?.includes(writer.kind) ? [] : [typeMismatch(resolution)]
}

/** What else a type reads, besides its own kind. */
const PROMOTIONS: { readonly [reader: string]: readonly string[] } = {
  long: ['int'],
  float: ['int', 'long'],
  double: ['int', 'long', 'float'],
  bytes: ['string'],
  string: ['bytes'],
}

function resolveWriterUnion(
  { reader, location }: Resolution,
  branches: readonly AvroType[],
  known: Known,
): readonly AvroIncompatibility[] {
  if (reader.kind !== 'union') {
    return branches.flatMap((writer) => resolve({ reader, writer, location }, known))
  }
  return branches.flatMap((writer, index) =>
    resolveReaderUnion({ reader, writer, location: [...location, String(index)] }, reader.branches, known),
  )
}

function resolveReaderUnion(
  { writer, location }: Resolution,
  branches: readonly AvroType[],
  known: Known,
): readonly AvroIncompatibility[] {
  const fits = branches.some((reader) => resolve({ reader, writer, location }, known).length === 0)
  if (fits) return []
  const message = `reader union lacking writer type: ${writer.kind.toUpperCase()}`
  return [incompatibility('MISSING_UNION_BRANCH', location, message)]
}

function resolveSameKind(resolution: Resolution, known: Known): readonly AvroIncompatibility[] {
  const { reader, writer, location } = resolution
  if (reader.kind === 'array' && writer.kind === 'array') {
    return resolve({ reader: reader.items, writer: writer.items, location: [...location, 'items'] }, known)
  }
  if (reader.kind === 'map' && writer.kind === 'map') {
    return resolve({ reader: reader.values, writer: writer.values, location: [...location, 'values'] }, known)
  }
  if (!('name' in reader) || !('name' in writer)) return []
  const ofName = nameMismatch(resolution)
  if (reader.kind === 'record' && writer.kind === 'record') {
    return [...ofName, ...resolveFields({ reader: reader.fields, writer: writer.fields, location }, known)]
  }
  if (reader.kind === 'fixed' && writer.kind === 'fixed' && reader.size !== writer.size) {
    const message = `expected: ${writer.size}, found: ${reader.size}`
    return [...ofName, incompatibility('FIXED_SIZE_MISMATCH', [...location, 'size'], message)]
  }
  if (reader.kind === 'enum' && writer.kind === 'enum' && reader.default === undefined) {
    const missing = writer.symbols.filter((symbol) => !reader.symbols.includes(symbol))
    if (missing.length > 0) {
      const message = `[${missing.join(', ')}]`
      return [...ofName, incompatibility('MISSING_ENUM_SYMBOLS', [...location, 'symbols'], message)]
    }
  }
  return ofName
}

function nameMismatch({ reader, writer, location }: Resolution): readonly AvroIncompatibility[] {
  const [expected, found] = [avroTypeName(reader), avroTypeName(writer)]
  const aliases = 'aliases' in reader ? reader.aliases : []
  const isSame = unqualified(expected) === unqualified(found) || aliases.includes(found)
  return isSame ? [] : [incompatibility('NAME_MISMATCH', [...location, 'name'], `expected: ${found}`)]
}

function unqualified(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1)
}

interface FieldResolution {
  readonly reader: readonly AvroField[]
  readonly writer: readonly AvroField[]
  readonly location: readonly string[]
}

function resolveFields(
  { reader, writer, location }: FieldResolution,
  known: Known,
): readonly AvroIncompatibility[] {
  return reader.flatMap((field, index) => {
    const at = [...location, 'fields', String(index)]
    const written = writer.find(({ name }) => name === field.name || field.aliases.includes(name))
    if (written !== undefined) {
      return resolve({ reader: field.type, writer: written.type, location: [...at, 'type'] }, known)
    }
    const hasDefault = 'default' in field || (field.type.kind === 'enum' && field.type.default !== undefined)
    return hasDefault ? [] : [incompatibility('READER_FIELD_MISSING_DEFAULT_VALUE', at, field.name)]
  })
}

function typeMismatch({ reader, writer, location }: Resolution): AvroIncompatibility {
  const [readerKind, writerKind] = [reader.kind.toUpperCase(), writer.kind.toUpperCase()]
  const message = `reader type: ${readerKind} not compatible with writer type: ${writerKind}`
  return incompatibility('TYPE_MISMATCH', location, message)
}

function incompatibility(
  type: AvroIncompatibility['type'],
  location: readonly string[],
  message: string,
): AvroIncompatibility {
  return { type, location: `/${location.join('/')}`, message }
}
