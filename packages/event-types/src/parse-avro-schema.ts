// Reads Avro schemas, section "Schema Declaration" of the Avro specification. Everything is checked here, and
// nothing of a schema becomes code, so what comes out can be interpreted without further questions.

import {
  AVRO_PRIMITIVES,
  type AvroField,
  type AvroNamedType,
  type AvroType,
  avroTypeName,
} from './avro-type.ts'
import { isAvroValue } from './avro-value.ts'
import { isJsonObject, type JsonObject, ownValue } from './json-value.ts'
import { limitSchemaText } from './schema-limits.ts'

/** A text is no Avro schema; the message says why. */
export class AvroSchemaError extends Error {
  override readonly name = 'AvroSchemaError'
}

/** The most types inside each other; references to named types do not count. */
const MAX_DEPTH = 64

/**
 * Parses the text of an Avro schema.
 *
 * @throws AvroSchemaError when the broker would refuse it. Also for what would cost too much: the limits of
 * length and depth are those of JSON schemas.
 */
export function parseAvroSchema(text: string): AvroType {
  const json = parseJson(text)
  return readType(json, { names: new Map(), namespace: '', depth: 0 })
}

/** What has been read so far, and where reading goes on. */
interface Scope {
  /** Every named type above and before this place, by full name. */
  readonly names: Map<string, AvroNamedType>
  /** The namespace of names without one. */
  readonly namespace: string
  readonly depth: number
}

function parseJson(text: string): unknown {
  try {
    limitSchemaText(text)
    return JSON.parse(text)
  } catch (error) {
    throw new AvroSchemaError(error instanceof Error ? error.message : String(error))
  }
}

function readType(json: unknown, scope: Scope): AvroType {
  if (scope.depth > MAX_DEPTH) throw new AvroSchemaError(`more than ${MAX_DEPTH} types inside each other`)
  if (typeof json === 'string') return readName(json, {}, scope)
  if (Array.isArray(json)) return readUnion(json, scope)
  if (isJsonObject(json)) return readDefinition(json, scope)
  throw new AvroSchemaError(`Schema not yet supported: ${JSON.stringify(json)}`)
}

function readName(name: string, attributes: JsonObject, { names, namespace }: Scope): AvroType {
  const primitive = AVRO_PRIMITIVES.find((kind) => kind === name)
  if (primitive !== undefined) return { kind: primitive, attributes }
  const known = names.get(fullName(name, namespace)) ?? names.get(name)
  if (known === undefined) throw new AvroSchemaError(`Undefined name: "${name}"`)
  return known
}

function readUnion(json: readonly unknown[], scope: Scope): AvroType {
  const branches = json.map((branch) => readType(branch, deeper(scope)))
  const seen = new Set<string>()
  for (const branch of branches) {
    if (branch.kind === 'union') throw new AvroSchemaError(`Nested union: ${JSON.stringify(json)}`)
    const name = avroTypeName(branch)
    if (seen.has(name)) throw new AvroSchemaError(`Duplicate in union:${name}`)
    seen.add(name)
  }
  return { kind: 'union', branches, attributes: {} }
}

function readDefinition(json: JsonObject, scope: Scope): AvroType {
  const type = ownValue(json, 'type')
  switch (type) {
    case 'record':
    case 'error':
      return readRecord(json, scope)
    case 'enum':
      return readEnum(json, scope)
    case 'fixed':
      return readFixed(json, scope)
    case 'array':
      return { kind: 'array', items: readPart(json, 'items', scope), attributes: attributesOf(json) }
    case 'map':
      return { kind: 'map', values: readPart(json, 'values', scope), attributes: attributesOf(json) }
    default:
      if (typeof type === 'string') return readName(type, attributesOf(json), scope)
      if (type === undefined) throw new AvroSchemaError(`No type: ${JSON.stringify(json)}`)
      return readType(type, deeper(scope))
  }
}

function readPart(json: JsonObject, name: 'items' | 'values', scope: Scope): AvroType {
  if (!Object.hasOwn(json, name)) throw new AvroSchemaError(`No ${name} type: ${JSON.stringify(json)}`)
  return readType(json[name], deeper(scope))
}

function readRecord(json: JsonObject, scope: Scope): AvroType {
  const fields: AvroField[] = []
  const record: AvroNamedType = { kind: 'record', ...readNaming(json, scope), fields }
  // The name counts inside the record already, so that it can contain itself.
  declare(record, scope)
  const list = ownValue(json, 'fields')
  if (!Array.isArray(list)) throw new AvroSchemaError(`Record has no fields: ${JSON.stringify(json)}`)
  const inside = { ...deeper(scope), namespace: namespaceOf(record.name) }
  const seen = new Set<string>()
  for (const item of list) {
    const field = readField(item, inside)
    if (seen.has(field.name)) {
      throw new AvroSchemaError(`Duplicate field ${field.name} in record ${record.name}`)
    }
    seen.add(field.name)
    fields.push(field)
  }
  return record
}

const FIELD_WORDS = new Set(['name', 'type', 'doc', 'default', 'aliases'])

function readField(json: unknown, scope: Scope): AvroField {
  if (!isJsonObject(json)) throw new AvroSchemaError(`No field name: ${JSON.stringify(json)}`)
  const name = ownValue(json, 'name')
  if (typeof name !== 'string') throw new AvroSchemaError(`No field name: ${JSON.stringify(json)}`)
  checkName(name)
  if (!Object.hasOwn(json, 'type')) throw new AvroSchemaError(`No field type: ${JSON.stringify(json)}`)
  const field = {
    name,
    type: readType(json['type'], scope),
    aliases: readAliases(json),
    attributes: Object.fromEntries(Object.entries(json).filter(([word]) => !FIELD_WORDS.has(word))),
  }
  if (!Object.hasOwn(json, 'default')) return field
  const value = json['default']
  if (!isAvroValue(field.type, value, 'first')) {
    const [given, kind] = [JSON.stringify(value), JSON.stringify(field.type.kind)]
    throw new AvroSchemaError(`Invalid default for field ${name}: ${given} not a ${kind}`)
  }
  return { ...field, default: value }
}

function readEnum(json: JsonObject, scope: Scope): AvroType {
  const symbols = ownValue(json, 'symbols')
  if (!Array.isArray(symbols)) throw new AvroSchemaError(`Enum has no symbols: ${JSON.stringify(json)}`)
  const names = symbols.map((symbol: unknown) => checkName(symbol))
  const repeated = names.find((symbol, index) => names.indexOf(symbol) !== index)
  if (repeated !== undefined) throw new AvroSchemaError(`Duplicate enum symbol: ${repeated}`)
  const fallback = ownValue(json, 'default')
  const naming = readNaming(json, scope)
  if (fallback === undefined) return declare({ kind: 'enum', ...naming, symbols: names }, scope)
  const symbol = names.find((each) => each === fallback)
  if (symbol === undefined) {
    throw new AvroSchemaError(
      `The Enum Default: ${fallback} is not in the enum symbol set: [${names.join(', ')}]`,
    )
  }
  return declare({ kind: 'enum', ...naming, symbols: names, default: symbol }, scope)
}

function readFixed(json: JsonObject, scope: Scope): AvroType {
  const size = ownValue(json, 'size')
  if (typeof size !== 'number' || !Number.isInteger(size) || size < 0) {
    throw new AvroSchemaError(`Invalid or no size: ${JSON.stringify(json)}`)
  }
  return declare({ kind: 'fixed', ...readNaming(json, scope), size }, scope)
}

function declare(type: AvroNamedType, { names }: Scope): AvroNamedType {
  if (names.has(type.name)) throw new AvroSchemaError(`Can't redefine: ${type.name}`)
  names.set(type.name, type)
  return type
}

function readNaming(json: JsonObject, scope: Scope): Pick<AvroNamedType, 'name' | 'aliases' | 'attributes'> {
  const given = ownValue(json, 'name')
  if (typeof given !== 'string') throw new AvroSchemaError(`No name in schema: ${JSON.stringify(json)}`)
  const namespace = ownValue(json, 'namespace')
  const name = fullName(given, typeof namespace === 'string' ? namespace : scope.namespace)
  for (const part of name.split('.')) checkName(part)
  if (AVRO_PRIMITIVES.some((kind) => kind === name)) {
    throw new AvroSchemaError(`Schemas may not be named after primitives: ${name}`)
  }
  const aliases = readAliases(json).map((alias) => fullName(alias, namespaceOf(name)))
  return { name, aliases, attributes: attributesOf(json) }
}

function readAliases(json: JsonObject): readonly string[] {
  const aliases = ownValue(json, 'aliases')
  if (aliases === undefined) return []
  if (Array.isArray(aliases) && aliases.every((alias) => typeof alias === 'string')) return aliases
  throw new AvroSchemaError(`aliases not an array: ${JSON.stringify(json)}`)
}

const RESERVED_WORDS = new Set([
  'type',
  'name',
  'namespace',
  'doc',
  'aliases',
  'fields',
  'symbols',
  'default',
  'size',
  'items',
  'values',
])

function attributesOf(json: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(json).filter(([word]) => !RESERVED_WORDS.has(word)))
}

/** A name with dots is full already. */
function fullName(name: string, namespace: string): string {
  return name.includes('.') || namespace === '' ? name : `${namespace}.${name}`
}

function namespaceOf(name: string): string {
  return name.slice(0, Math.max(0, name.lastIndexOf('.')))
}

function checkName(name: unknown): string {
  if (typeof name !== 'string') throw new AvroSchemaError(`Not a name: ${JSON.stringify(name)}`)
  if (name === '') throw new AvroSchemaError('Empty name')
  if (!/^[A-Za-z_]/.test(name)) throw new AvroSchemaError(`Illegal initial character: ${name}`)
  if (!/^\w+$/.test(name)) throw new AvroSchemaError(`Illegal character in: ${name}`)
  return name
}

function deeper(scope: Scope): Scope {
  return { ...scope, depth: scope.depth + 1 }
}
