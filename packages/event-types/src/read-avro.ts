import type { AvroType } from './avro-type.ts'
import { AvroDataError } from './write-avro.ts'

/** Items of an array or map that take no bytes cost nothing to send, so their number has a limit. */
const MAX_ITEMS = 1_000_000

/** How deeply records may contain each other: readers and printers go as deep as the data. */
const MAX_DEPTH = 200

/**
 * Decodes a value, section "Binary Encoding" of the Avro specification.
 *
 * @returns The value as `avro-value.ts` describes it: bytes are byte arrays that share the memory of the
 *   input, longs are numbers as far as these are exact, then bigints.
 * @throws AvroDataError when the bytes end too early, go on after the value, or make no sense.
 */
export function readAvro(type: AvroType, bytes: Uint8Array): unknown {
  const source = { bytes, at: 0, depth: 0 }
  const value = read(source, type)
  if (source.at < bytes.length) throw new AvroDataError('There are bytes after the value')
  return value
}

interface Source {
  readonly bytes: Uint8Array
  at: number
  depth: number
}

function read(source: Source, type: AvroType): unknown {
  switch (type.kind) {
    case 'null':
      return null
    case 'boolean':
      return take(source, 1)[0] === 1
    case 'int':
    case 'long':
      return readLong(source)
    case 'float':
      return shortest(viewOf(take(source, 4)).getFloat32(0, true))
    case 'double':
      return viewOf(take(source, 8)).getFloat64(0, true)
    case 'bytes':
      return take(source, readCount(source))
    case 'fixed':
      return take(source, type.size)
    case 'string':
      return readText(source)
    case 'enum':
      return pick(type.symbols, readCount(source))
    default:
      return readStructure(source, type)
  }
}

function readStructure(source: Source, type: AvroType): unknown {
  if (source.depth === MAX_DEPTH) throw new AvroDataError(`More than ${MAX_DEPTH} values inside each other`)
  source.depth += 1
  const value = readInside(source, type)
  source.depth -= 1
  return value
}

function readInside(source: Source, type: AvroType): unknown {
  switch (type.kind) {
    case 'array':
      return readBlocks(source, () => read(source, type.items))
    case 'map':
      return Object.fromEntries(
        readBlocks(source, () => [readText(source), read(source, type.values)] as const),
      )
    case 'union':
      return read(source, pick(type.branches, readCount(source)))
    case 'record':
      return Object.fromEntries(type.fields.map((field) => [field.name, read(source, field.type)]))
    default:
      return null
  }
}

/** Blocks of items, each with their number; a negative one is followed by the size in bytes. */
function readBlocks<T>(source: Source, readItem: () => T): T[] {
  const items: T[] = []
  for (let count = Number(readLong(source)); count !== 0; count = Number(readLong(source))) {
    if (count < 0) readLong(source)
    if (items.length + Math.abs(count) > MAX_ITEMS) throw new AvroDataError(`More than ${MAX_ITEMS} items`)
    for (let left = Math.abs(count); left > 0; left -= 1) items.push(readItem())
  }
  return items
}

const TEXT = new TextDecoder('utf-8', { ignoreBOM: true })

function readText(source: Source): string {
  return TEXT.decode(take(source, readCount(source)))
}

function readCount(source: Source): number {
  const count = Number(readLong(source))
  if (count < 0) throw new AvroDataError('A length is negative')
  return count
}

/** At most ten bytes of seven bits each, the lowest first, then zigzag. */
function readLong(source: Source): number | bigint {
  const first = readByte(source)
  if (first < 0x80) return (first >>> 1) ^ -(first & 1)
  let bits = BigInt(first & 0x7f)
  for (let shift = 7n; shift < 70n; shift += 7n) {
    const byte = readByte(source)
    bits |= BigInt(byte & 0x7f) << shift
    if (byte < 0x80) {
      const value = BigInt.asIntN(64, (bits >> 1n) ^ -(bits & 1n))
      return Number.isSafeInteger(Number(value)) ? Number(value) : value
    }
  }
  throw new AvroDataError('A number has more than 64 bits')
}

function readByte(source: Source): number {
  return take(source, 1)[0] ?? 0
}

function take(source: Source, count: number): Uint8Array {
  const end = source.at + count
  if (end > source.bytes.length) throw new AvroDataError('The bytes end in the middle of a value')
  source.at = end
  return source.bytes.subarray(end - count, end)
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

/** The shortest decimal that is this float: 0.1, not 0.10000000149011612. */
function shortest(float: number): number {
  if (!Number.isFinite(float) || float === 0) return float
  const candidates = [6, 7, 8, 9].map((digits) => Number(float.toPrecision(digits)))
  return candidates.find((candidate) => Math.fround(candidate) === float) ?? float
}

function pick<T>(list: readonly T[], index: number): T {
  const picked = list[index]
  if (picked === undefined) throw new AvroDataError(`There is no branch or symbol ${index}`)
  return picked
}
