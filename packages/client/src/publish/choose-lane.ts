/** A lane, as far as the choice of one needs to know it. */
export interface LaneLoad {
  readonly waiting: number
  readonly busy: boolean
}

/**
 * The lane of an event: always the same for the same key, because a lane has one request in flight and so keeps the order.
 * Without a key there is no order to keep, and it is one that is free, or else the emptiest.
 *
 * @param lanes at least one
 * @returns an index
 */
export function chooseLane(key: string | undefined, lanes: readonly LaneLoad[]): number {
  if (lanes.length === 1) return 0
  if (key !== undefined) return hash(key) % lanes.length
  const free = lanes.findIndex(({ busy }) => !busy)
  if (free !== -1) return free
  const least = Math.min(...lanes.map(({ waiting }) => waiting))
  return lanes.findIndex(({ waiting }) => waiting === least)
}

/** FNV-1a over UTF-16 units: 32 bits, well spread for short texts that differ little. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193)
  }
  return value >>> 0
}
