/**
 * Finds a number that JavaScript cannot hold as it was written: an integer beyond ±(2^53 - 1), such as the 64-bit ids
 * of some systems, or one that became infinite. Sent on, it would silently be another number.
 *
 * @returns the JSON pointer (RFC 6901) of the first one found, undefined when there is none.
 */
export function findInexactNumber(value: unknown): string | undefined {
  // A list of what is left to visit, not recursion: hostile nesting must not exhaust the stack.
  const open: { readonly value: unknown; readonly pointer: string }[] = [{ value, pointer: '' }]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, pointer } = next
    if (typeof value === 'number' && isInexact(value)) return pointer
    if (typeof value !== 'object' || value === null) continue
    for (const [key, member] of Object.entries(value)) {
      open.push({ value: member, pointer: `${pointer}/${escapeToken(key)}` })
    }
  }
  return undefined
}

function isInexact(value: number): boolean {
  return !Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value))
}

function escapeToken(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1')
}
