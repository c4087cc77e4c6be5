import type { Handlers } from './handler.ts'
import { json, textual } from './response.ts'

/** Whether the broker is there, and what it can do. */
export function createOperationalHandlers(): Handlers {
  return {
    getHealth: () => textual(200, 'OK', { 'Content-Type': 'text/plain' }),
    getVersion: () => json(200, { scm_source: null }),
    listPartitionStrategies: () => json(200, ['hash', 'user_defined', 'random']),
    listEnrichmentStrategies: () => json(200, ['metadata_enrichment']),
  }
}
