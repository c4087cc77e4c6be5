import type { AvroType } from './avro-type.ts'
import { bytesOf, isAvroValue } from './avro-value.ts'
import { isJsonObject } from './json-value.ts'

/** A value does not fit its Avro type, or bytes are not what their type says. */
export class AvroDataError extends Error {
  override readonly name = 'AvroDataError'
}

/**
 * Encodes a value, section "Binary Encoding" of the Avro specification. Absent fields get their defaults; a
 * union takes the first branch that the value fits.
 *
 * @param value As `avro-value.ts` describes it.
 * @throws AvroDataError when the value is none of the type.
 */
export function writeAvro(type: AvroType, value: unknown): Uint8Array {
  if (!isAvroValue(type, value)) throw new AvroDataError(`The value is not a ${type.kind}`)
  const sink: Sink = { bytes: new Uint8Array(256), length: 0 }
  write(sink, type, value)
  return sink.bytes.subarray(0, sink.length)
}

/** Bytes that grow at the end. */
interface Sink {
  bytes: Uint8Array
  length: number
}

/** Expects a value of the type. */
function write(sink: Sink, type: AvroType, value: unknown): void {
  switch (type.kind) {
    case 'null':
      return
    case 'boolean':
      append(sink, [value === true ? 1 : 0])
      return
    case 'int':
    case 'long':
      writeLong(sink, typeof value === 'bigint' ? value : Number(value))
      return
    case 'float':
      append(
        sink,
        numberBytes(4, (view) => view.setFloat32(0, Number(value), true)),
      )
      return
    case 'double':
      append(
        sink,
        numberBytes(8, (view) => view.setFloat64(0, Number(value), true)),
      )
      return
    case 'bytes':
      writeBytes(sink, bytesOf(value) ?? [])
      return
    case 'fixed':
      append(sink, bytesOf(value) ?? [])
      return
    case 'string':
      writeBytes(sink, new TextEncoder().encode(String(value)))
      return
    case 'enum':
      writeLong(sink, type.symbols.indexOf(String(value)))
      return
    default:
      writeStructure(sink, type, value)
  }
}

function writeStructure(sink: Sink, type: AvroType, value: unknown): void {
  if (type.kind === 'array' && Array.isArray(value)) {
    writeBlock(sink, value, (item) => write(sink, type.items, item))
  } else if (type.kind === 'map' && isJsonObject(value)) {
    writeBlock(sink, Object.entries(value), ([name, item]) => {
      writeBytes(sink, new TextEncoder().encode(name))
      write(sink, type.values, item)
    })
  } else if (type.kind === 'record' && isJsonObject(value)) {
    for (const field of type.fields) {
      const isGiven = Object.hasOwn(value, field.name)
      write(sink, field.type, isGiven ? value[field.name] : field.default)
    }
  } else if (type.kind === 'union') {
    const index = type.branches.findIndex((branch) => isAvroValue(branch, value))
    const branch = type.branches[index]
    writeLong(sink, index)
    if (branch !== undefined) write(sink, branch, value)
  }
}

/** All items in one block, then the end. */
function writeBlock<T>(sink: Sink, items: readonly T[], writeItem: (item: T) => void): void {
  if (items.length > 0) {
    writeLong(sink, items.length)
    items.forEach(writeItem)
  }
  writeLong(sink, 0)
}

function writeBytes(sink: Sink, bytes: ArrayLike<number>): void {
  writeLong(sink, bytes.length)
  append(sink, bytes)
}

/** Zigzag, then seven bits a byte, the lowest first. */
function writeLong(sink: Sink, value: number | bigint): void {
  if (value === Number(value) >> 0) {
    let bits = ((Number(value) << 1) ^ (Number(value) >> 31)) >>> 0
    for (; bits > 0x7f; bits >>>= 7) append(sink, [(bits & 0x7f) | 0x80])
    append(sink, [bits])
    return
  }
  const big = BigInt(value)
  let bits = BigInt.asUintN(64, (big << 1n) ^ (big >> 63n))
  for (; bits > 0x7fn; bits >>= 7n) append(sink, [Number(bits & 0x7fn) | 0x80])
  append(sink, [Number(bits)])
}

function numberBytes(size: number, set: (view: DataView) => void): Uint8Array {
  const bytes = new Uint8Array(size)
  set(new DataView(bytes.buffer))
  return bytes
}

function append(sink: Sink, bytes: ArrayLike<number>): void {
  const length = sink.length + bytes.length
  if (length > sink.bytes.length) {
    const larger = new Uint8Array(Math.max(length, sink.bytes.length * 2))
    larger.set(sink.bytes.subarray(0, sink.length))
    sink.bytes = larger
  }
  sink.bytes.set(bytes, sink.length)
  sink.length = length
}
