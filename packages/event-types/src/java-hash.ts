/**
 * The hash of a text as Java's `String.hashCode` defines it: `h = 31 * h + unit` over the UTF-16 code
 * units, in signed 32-bit arithmetic that wraps. Producers in other languages compute partitions with it.
 */
export function javaStringHash(text: string): number {
  let hash = 0
  for (let index = 0; index < text.length; index += 1) {
    hash = (Math.imul(31, hash) + text.charCodeAt(index)) | 0
  }
  return hash
}
