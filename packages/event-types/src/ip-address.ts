/** True for four decimal numbers up to 255 without leading zeros. */
export function isIpv4(text: string): boolean {
  const parts = text.split('.')
  return parts.length === 4 && parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255)
}

/** True for the text forms of RFC 4291: `::` may stand once for zeros, an IPv4 address for the end. */
export function isIpv6(text: string): boolean {
  const [head = '', tail, ...more] = text.split('::')
  if (more.length > 0) return false
  if (tail === undefined) return groupCount(head) === 8
  const zeros = 8 - (groupCount(head, 'head') ?? 8) - (groupCount(tail) ?? 8)
  return zeros > 0
}

/** How many of the eight groups a text holds, or undefined when it is not made of groups. */
function groupCount(text: string, place: 'head' | 'end' = 'end'): number | undefined {
  if (text === '') return 0
  const groups = text.split(':')
  const last = groups.at(-1) ?? ''
  const hasIpv4 = place === 'end' && isIpv4(last)
  const plain = hasIpv4 ? groups.slice(0, -1) : groups
  if (!plain.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined
  return plain.length + (hasIpv4 ? 2 : 0)
}
