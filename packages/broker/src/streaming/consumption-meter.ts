import type { Clock } from '../clock.ts'

/** What has been sent of one event type. */
export interface Consumption {
  readonly eventTypeName: string
  readonly events: number
  readonly bytes: number
  readonly batches: number
}

/** Adds up what a stream sends, by event type. */
export interface ConsumptionMeter {
  /** Counts a batch. Batches without events count too: they are sent. */
  sent(batch: Omit<Consumption, 'batches'>): void
  /** Reports what has not been reported, and nothing more after that. */
  close(): void
}

/** How often a stream that sends reports what it has sent. */
const REPORT_EVERY_MS = 30_000

/** Who wants to know what a stream sends. */
export interface ConsumptionReports {
  /** Whether anybody does at present. */
  isWanted(): boolean
  report(consumption: Consumption): void
}

/** Creates a meter that stands at zero. It arms a timer only while there is something to report. */
export function createConsumptionMeter(
  clock: Clock,
  { isWanted, report }: ConsumptionReports,
): ConsumptionMeter {
  const totals = new Map<string, Consumption>()
  let cancelTimer: (() => void) | undefined

  function reportAll(): void {
    cancelTimer?.()
    cancelTimer = undefined
    for (const total of totals.values()) report(total)
    totals.clear()
  }

  return {
    sent({ eventTypeName, events, bytes }) {
      if (!isWanted()) return
      const total = totals.get(eventTypeName)
      totals.set(eventTypeName, {
        eventTypeName,
        events: events + (total?.events ?? 0),
        bytes: bytes + (total?.bytes ?? 0),
        batches: 1 + (total?.batches ?? 0),
      })
      cancelTimer ??= clock.after(REPORT_EVERY_MS, reportAll)
    },
    close: reportAll,
  }
}
