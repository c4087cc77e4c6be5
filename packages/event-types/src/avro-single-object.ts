// Section "Single-object encoding" of the Avro specification: two bytes that say so, the fingerprint of the
// schema in little endian, then the value.

import { avroFingerprint } from './avro-fingerprint.ts'
import type { AvroType } from './avro-type.ts'
import { readAvro } from './read-avro.ts'
import { AvroDataError, writeAvro } from './write-avro.ts'

const MARKER = [0xc3, 0x01] as const
const HEADER_LENGTH = 10

/** An Avro type with its header, so that the fingerprint is computed once. */
export interface SingleObjectType {
  readonly type: AvroType
  readonly fingerprint: bigint
}

/** Prepares a type for single-object encoding. */
export function singleObjectType(type: AvroType): SingleObjectType {
  return { type, fingerprint: avroFingerprint(type) }
}

/** Encodes a value with the header of its type. */
export function writeSingleObject({ type, fingerprint }: SingleObjectType, value: unknown): Uint8Array {
  const body = writeAvro(type, value)
  const bytes = new Uint8Array(HEADER_LENGTH + body.length)
  bytes.set(MARKER)
  new DataView(bytes.buffer).setBigUint64(MARKER.length, fingerprint, true)
  bytes.set(body, HEADER_LENGTH)
  return bytes
}

/** The fingerprint in the header of the bytes; undefined when they have no header. */
export function fingerprintOf(bytes: Uint8Array): bigint | undefined {
  if (bytes.length < HEADER_LENGTH || bytes[0] !== MARKER[0] || bytes[1] !== MARKER[1]) return undefined
  return new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(MARKER.length, true)
}

/**
 * Decodes a value whose header names one of the types.
 *
 * @throws AvroDataError when there is no header, or it names none of them, or the value is broken.
 */
export function readSingleObject(types: readonly SingleObjectType[], bytes: Uint8Array): unknown {
  const fingerprint = fingerprintOf(bytes)
  if (fingerprint === undefined) throw new AvroDataError('The bytes have no Avro header')
  const known = types.find((type) => type.fingerprint === fingerprint)
  if (known === undefined) throw new AvroDataError(`The fingerprint is unknown: ${fingerprint.toString(16)}`)
  return readAvro(known.type, bytes.subarray(HEADER_LENGTH))
}
