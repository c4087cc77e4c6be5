import { NakadiError } from '../error.ts'

/**
 * Waits for a deletion. When its first attempt may have been carried out and the second finds nothing, what was
 * to be deleted is gone, which is all that was wanted.
 */
export async function orAlreadyGone(deletion: Promise<unknown>): Promise<void> {
  try {
    await deletion
  } catch (error) {
    const isGone = error instanceof NakadiError && error.code === 'not-found' && error.outcome === 'unknown'
    if (!isGone) throw error
  }
}
