// Who streams which partition. Runs whenever the list of sessions of a subscription changes.
//
// A partition never jumps from one live session to another: it is first `reassigning`, which lets the
// old session wait for the commits of what it has sent, and is handed over when those are in.

import { type PartitionPosition, type Session, samePartition } from './state.ts'

/**
 * Spreads partitions over sessions: first to the sessions that asked for them by name, the rest evenly
 * over the others, moving as few as possible.
 *
 * @param sessions sorted by id
 * @param positions in the order in which surplus partitions are counted; kept in the answer
 * @returns the partitions with their new owners, or the same array when nothing may or must change
 */
export function rebalance(
  sessions: readonly Session[],
  positions: readonly PartitionPosition[],
): readonly PartitionPosition[] {
  const live = new Set(sessions.map((session) => session.id))
  const direct = assignRequested(sessions, positions, live)
  if (direct === undefined) return positions
  const auto = sessions.filter((session) => session.requested.length === 0)
  const pool = positions.filter((position) => !direct.has(position))
  // More sessions than partitions is a conflict that the slot check prevents; nothing moves then.
  if (pool.length < auto.length) return positions
  const changed = new Map(direct)
  for (const [position, session] of spread(auto, pool, live))
    changed.set(position, move(position, session, live))
  return positions.map((position) => changed.get(position) ?? position)
}

/** The requested partitions with their owners; undefined when two sessions want the same one. */
function assignRequested(
  sessions: readonly Session[],
  positions: readonly PartitionPosition[],
  live: ReadonlySet<string>,
): ReadonlyMap<PartitionPosition, PartitionPosition> | undefined {
  const assigned = new Map<PartitionPosition, PartitionPosition>()
  for (const session of sessions) {
    for (const requested of session.requested) {
      const position = positions.find((candidate) => samePartition(candidate, requested))
      if (position === undefined || assigned.has(position)) return undefined
      assigned.set(position, position.session === session.id ? position : move(position, session.id, live))
    }
  }
  return assigned
}

/** Decides which partitions of the pool change hands, and to whom. */
function spread(
  sessions: readonly Session[],
  pool: readonly PartitionPosition[],
  live: ReadonlySet<string>,
): ReadonlyMap<PartitionPosition, string> {
  const held = new Map<string, PartitionPosition[]>(sessions.map((session) => [session.id, []]))
  const homeless: PartitionPosition[] = []
  for (const position of pool) {
    const owned = isOwned(position, live)
      ? held.get(position.nextSession ?? position.session ?? '')
      : undefined
    if (owned === undefined) homeless.push(position)
    else owned.push(position)
  }
  const targets = targetCounts(sessions, pool.length)
  for (const [id, owned] of held) {
    while (owned.length > (targets.get(id) ?? 0)) homeless.push(...takeSurplus(owned))
  }
  const moves = new Map<PartitionPosition, string>()
  for (const [id, owned] of held) {
    for (const position of homeless.splice(0, (targets.get(id) ?? 0) - owned.length)) moves.set(position, id)
  }
  return moves
}

/** Equal shares; the remainder goes to the first sessions, one each. */
function targetCounts(sessions: readonly Session[], partitions: number): ReadonlyMap<string, number> {
  const share = Math.floor(partitions / sessions.length)
  const remainder = partitions % sessions.length
  return new Map(sessions.map((session, index) => [session.id, share + (index < remainder ? 1 : 0)]))
}

/** Whether every session that the partition belongs to or waits for is still there. */
function isOwned(position: PartitionPosition, live: ReadonlySet<string>): boolean {
  if (position.session === null || !live.has(position.session)) return false
  return position.nextSession === null || live.has(position.nextSession)
}

/** A partition that is on the move anyway goes first, so that nobody has to stop streaming one. */
function takeSurplus(owned: PartitionPosition[]): readonly PartitionPosition[] {
  const moving = owned.findIndex((position) => position.state === 'reassigning')
  return owned.splice(moving === -1 ? owned.length - 1 : moving, 1)
}

function move(position: PartitionPosition, session: string, live: ReadonlySet<string>): PartitionPosition {
  const { session: owner } = position
  if (position.state === 'unassigned' || owner === null || owner === session || !live.has(owner)) {
    return { ...position, state: 'assigned', session, nextSession: null }
  }
  return { ...position, state: 'reassigning', nextSession: session }
}
