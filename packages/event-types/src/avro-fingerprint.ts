import { avroCanonicalForm } from './avro-canonical-form.ts'
import type { AvroType } from './avro-type.ts'

const EMPTY = 0xc15d213aa4d7a795n

/** What each byte contributes to the fingerprint. */
const TABLE: readonly bigint[] = Array.from({ length: 256 }, (_, byte) => {
  let contribution = BigInt(byte)
  for (let bit = 0; bit < 8; bit += 1) {
    contribution = (contribution >> 1n) ^ ((contribution & 1n) * EMPTY)
  }
  return contribution
})

/**
 * CRC-64-AVRO, the 64-bit Rabin fingerprint of section "Schema Fingerprints" of the Avro specification, as
 * an unsigned number.
 */
export function crc64Avro(bytes: Uint8Array): bigint {
  let fingerprint = EMPTY
  for (const byte of bytes) {
    const index = Number((fingerprint ^ BigInt(byte)) & 0xffn)
    fingerprint = (fingerprint >> 8n) ^ (TABLE[index] ?? 0n)
  }
  return fingerprint
}

/** The parsing fingerprint of a schema: equal for schemas that read and write the same. */
export function avroFingerprint(type: AvroType): bigint {
  return crc64Avro(new TextEncoder().encode(avroCanonicalForm(type)))
}
