import type { Clock } from '../clock.ts'
import type { Storage } from '../storage/storage.ts'
import type { Job } from './job-runner.ts'

/** How often the broker looks for timelines whose retention time has passed since they were closed. */
const EVERY_MS = 3_600_000

/**
 * Drops the records of closed timelines as a whole when their retention time has passed. The timelines stay
 * in the list of their event type, so their offsets are known, and known to be unavailable.
 */
export function timelineCleanupJob({ storage, clock }: { storage: Storage; clock: Clock }): Job {
  return {
    name: 'timeline-cleanup',
    everyMs: EVERY_MS,
    async run() {
      const { commands, events } = storage
      if (commands.state.settings.features.has('disable_db_write_operations')) return
      // The state first: nobody begins to read a topic that is about to go.
      const { topics } = await commands.propose({ type: 'expireTimelines' }, clock.now())
      await Promise.all(topics.map((topic) => events.deleteTopic(topic)))
    },
  }
}
