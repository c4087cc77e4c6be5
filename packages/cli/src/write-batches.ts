import type { Writable } from 'node:stream'
import type { Batch } from '@rioni/client'
import { eventTexts } from './event-texts.ts'
import { writeText } from './write-text.ts'

/** A batch, as far as the writing needs it. */
export type WritableBatch = Pick<Batch<Record<string, unknown>>, 'cursor' | 'raw' | 'commit'>

/** Where batches go, and how far. */
export interface Writing {
  readonly stdout: Writable
  /** Events after which to stop. */
  readonly limit: number
  /** Whether to commit what has been written. Without it the writing stops when the broker begins to repeat itself. */
  readonly commit: boolean
  /** Called for a batch that was written and whose commit did not take effect. */
  readonly onUncommitted: (batch: WritableBatch) => void
}

/** What was written. */
export interface Written {
  readonly events: number
  /** Events among them that will come again, here or in another consumer, because no commit covers them. */
  readonly uncommitted: number
  /** The error that ended the batches or the output, undefined when it was a normal end. */
  readonly failure: unknown
}

/**
 * Writes batches, one event per line, and commits each only after the output has accepted all of it: whatever
 * happens in between, an event is written again rather than lost. A slow reader slows the whole down to its speed.
 *
 * It ends with the batches, at the limit, or when nobody reads the output any longer. A limit inside a batch leaves
 * that batch uncommitted, since a commit covers the events behind the limit as well. Never rejects.
 */
export async function writeBatches(
  batches: AsyncIterable<WritableBatch>,
  { stdout, limit, commit, onUncommitted }: Writing,
): Promise<Written> {
  const positions = new Set<string>()
  let [events, committed] = [0, 0]
  let failure: unknown
  try {
    for await (const batch of batches) {
      if (!commit && isRepeated(positions, batch)) break
      const all = eventTexts(batch.raw)
      const texts = all.slice(0, limit - events)
      if ((await writeText(stdout, `${texts.join('\n')}\n`)) === 'closed') break
      events += texts.length
      if (commit && texts.length === all.length) {
        if (await isCommitted(batch)) committed += texts.length
        else onUncommitted(batch)
      }
      if (events >= limit) break
    }
  } catch (error) {
    failure = error
  }
  return { events, uncommitted: events - committed, failure }
}

/** Remembers the position of a batch; says whether it was there before. */
function isRepeated(positions: Set<string>, { cursor }: WritableBatch): boolean {
  const position = JSON.stringify([cursor.event_type, cursor.partition, cursor.offset])
  const isKnown = positions.has(position)
  positions.add(position)
  return isKnown
}

/** Commits a batch. When it was lost to another stream or nobody answered, its events come again: no reason to stop. */
async function isCommitted(batch: WritableBatch): Promise<boolean> {
  const { status } = await batch.commit()
  return status === 'committed' || status === 'outdated'
}
