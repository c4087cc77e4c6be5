import { invalidArgument, NakadiError } from '../error.ts'
import { isSameJson } from './same-json.ts'

/**
 * What to change: the fields that get another value, or a function that makes what is wanted of what there is.
 * The function may be called again when somebody else was faster, so it should depend on its argument alone.
 */
export type Change<Present, Wanted> = Partial<Wanted> | ((present: Present) => Wanted | Promise<Wanted>)

/** Something on the broker that can only be replaced as a whole. */
export interface Replaceable<Present, Wanted> {
  /** As messages name it, such as `event type order.placed`. */
  readonly name: string
  read(): Promise<Present>
  replace(wanted: Wanted): Promise<void>
}

/** How to change it. */
export interface Modification<Present, Wanted> {
  readonly change: Change<Present, Wanted>
  /** Refuses the change if it was changed after this time, its `updated_at` as the caller has seen it. */
  readonly unchangedSince?: string | undefined
}

/** How often a change starts anew because somebody else was faster. */
const maxRounds = 5

/**
 * Reads, changes, and writes back, with every field that the change does not touch as it was, also those that this
 * version does not know. Nothing is written when nothing differs. The API has no conditional requests: what is read
 * is compared once more before it is replaced if making the change took time, and only what happens during
 * the request itself stays unseen.
 *
 * @returns what the broker has afterwards.
 * @throws NakadiError `conflict` if it keeps changing, or has changed since `unchangedSince`.
 */
export async function readModifyWrite<Present extends { readonly updated_at: string }, Wanted extends object>(
  subject: Replaceable<Present, Wanted>,
  { change, unchangedSince }: Modification<Present, Wanted>,
): Promise<Present> {
  let present = await subject.read()
  for (let round = 1; round <= maxRounds; round++) {
    if (unchangedSince !== undefined && Date.parse(present.updated_at) > instant(unchangedSince)) {
      throw lostUpdate(`${subject.name} was changed at ${present.updated_at}, after ${unchangedSince}`)
    }
    const made = typeof change === 'function' ? change(present) : { ...present, ...change }
    const wanted = await made
    if (isSameJson(present, wanted)) return present
    const latest = made instanceof Promise ? await subject.read() : present
    if (isSameJson(present, latest)) {
      await subject.replace(wanted as Wanted)
      return await subject.read()
    }
    present = latest
  }
  throw lostUpdate(
    `${subject.name} was changed by somebody else ${maxRounds} times while the change was made`,
  )
}

function instant(time: string): number {
  const ms = Date.parse(time)
  if (!Number.isNaN(ms)) return ms
  throw invalidArgument(`unchangedSince must be a time as in updated_at, not ${JSON.stringify(time)}`)
}

function lostUpdate(what: string): NakadiError {
  return new NakadiError({
    code: 'conflict',
    outcome: 'not-sent',
    message: `${what}. Nothing was replaced; look at it again before changing it.`,
  })
}
