// lanes.ts - which work may run: strict order per partition, partitions side by side.
//
// Rule 1: every decision about order and concurrency lives in this file.
// Rule 2: this file runs nothing. It is told what arrived and what finished, and says what to start.
//
// A partition is a lane. Work of one lane runs one after another, except that work of different keys may
// run side by side. Work that failed for good halts its lane: nothing after it starts, so nothing is
// skipped in silence, while other lanes go on.

/** A piece of work: a batch, or the events of one key in it. */
export interface Work {
  /** Unique among all lanes. */
  readonly id: number
  /** Work of the same key keeps its order. Without keys all work has the same. */
  readonly key: string
}

/** One partition. */
export interface WorkLane {
  /** In the order of arrival. */
  readonly queued: readonly Work[]
  readonly running: readonly Work[]
  /** Whether work of this lane has failed for good. */
  readonly halted: boolean
  /** When it last started something, or else came up: the lowest has waited longest. */
  readonly turn: number
}

/** All partitions. */
export interface Lanes {
  readonly concurrency: number
  readonly lanes: ReadonlyMap<string, WorkLane>
  readonly nextTurn: number
  /** Whether nothing queued may start any more. */
  readonly draining: boolean
}

/** What happens to lanes. */
export type LanesInput =
  | { readonly kind: 'arrived'; readonly lane: string; readonly work: readonly Work[] }
  /** Done, or given up by a policy that says so. */
  | { readonly kind: 'finished'; readonly lane: string; readonly id: number }
  /** Failed, and nobody decided to go on without it. */
  | { readonly kind: 'halted'; readonly lane: string; readonly id: number }
  /** The stream has been replaced: what is queued, and what halted a lane, will be delivered again. */
  | { readonly kind: 'replaced' }
  /** Nothing that is queued is to start. */
  | { readonly kind: 'drain' }

/** The next lanes, and the ids of the work to start. */
export type LanesStep = readonly [lanes: Lanes, start: readonly number[]]

/** No lanes, of which at most `concurrency` pieces of work run at once. */
export function startLanes(concurrency: number): Lanes {
  return { concurrency, lanes: new Map(), nextTurn: 0, draining: false }
}

const freshLane: WorkLane = { queued: [], running: [], halted: false, turn: 0 }

/** The next lanes, and what to start. */
export function stepLanes(state: Lanes, input: LanesInput): LanesStep {
  switch (input.kind) {
    case 'arrived':
      return start(
        change(state, input.lane, (lane) => ({ ...lane, queued: [...lane.queued, ...input.work] })),
      )
    case 'finished':
      return start(change(state, input.lane, (lane) => ({ ...lane, running: without(lane, input.id) })))
    case 'halted':
      return start(
        change(state, input.lane, (lane) => ({ ...lane, running: without(lane, input.id), halted: true })),
      )
    case 'replaced':
      return [forget(state), []]
    case 'drain':
      return [{ ...state, draining: true }, []]
  }
}

/** How much work is running. */
export function runningWork({ lanes }: Lanes): number {
  let running = 0
  for (const lane of lanes.values()) running += lane.running.length
  return running
}

/** How much work could still start. */
export function queuedWork({ lanes, draining }: Lanes): number {
  if (draining) return 0
  let queued = 0
  for (const lane of lanes.values()) queued += lane.halted ? 0 : lane.queued.length
  return queued
}

function change(state: Lanes, name: string, update: (lane: WorkLane) => WorkLane): Lanes {
  const lanes = new Map(state.lanes)
  const lane = update(lanes.get(name) ?? { ...freshLane, turn: state.nextTurn })
  if (lane.running.length === 0 && lane.queued.length === 0 && !lane.halted) lanes.delete(name)
  else lanes.set(name, lane)
  return { ...state, lanes, nextTurn: state.nextTurn + 1 }
}

function without({ running }: WorkLane, id: number): readonly Work[] {
  return running.filter((work) => work.id !== id)
}

/** What runs goes on: its key stays taken, so that what is delivered again cannot overtake it. */
function forget(state: Lanes): Lanes {
  let next = state
  for (const name of state.lanes.keys()) {
    next = change(next, name, (lane) => ({ ...lane, queued: [], halted: false }))
  }
  return next
}

/** Starts as much as may run, each time of the lane that has waited longest. */
function start(state: Lanes): LanesStep {
  const started: number[] = []
  let current = state
  for (let free = state.concurrency - runningWork(state); free > 0 && !state.draining; free -= 1) {
    const next = nextToStart(current)
    if (next === undefined) break
    const { name, work } = next
    const turn = current.nextTurn
    current = change(current, name, (lane) => ({
      ...lane,
      turn,
      queued: lane.queued.filter((each) => each !== work),
      running: [...lane.running, work],
    }))
    started.push(work.id)
  }
  return [current, started]
}

function nextToStart({
  lanes,
}: Lanes): { readonly name: string; readonly work: Work; readonly turn: number } | undefined {
  let first: { readonly name: string; readonly work: Work; readonly turn: number } | undefined
  for (const [name, lane] of lanes) {
    if (first !== undefined && lane.turn >= first.turn) continue
    const work = startable(lane)
    if (work !== undefined) first = { name, work, turn: lane.turn }
  }
  return first
}

/** The first work whose key neither runs nor waits before it. */
function startable({ queued, running, halted }: WorkLane): Work | undefined {
  if (halted || queued.length === 0) return undefined
  const taken = new Set(running.map(({ key }) => key))
  return queued.find(({ key }) => {
    if (!taken.has(key)) return true
    taken.add(key)
    return false
  })
}
