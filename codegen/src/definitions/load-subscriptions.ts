// Subscriptions from a folder or a document, where they may lie beside the event types that they name.

import { readSource } from '../sources/read-source.ts'
import type { LoadedSubscriptions } from './subscription-definition.ts'

/**
 * Reads the subscriptions of every `.json`, `.yaml` and `.yml` file below a folder, or of one file: objects in the shape of
 * the Nakadi API, one or an array of them per file, that have `event_types`.
 */
export async function loadSubscriptions(path: string): Promise<LoadedSubscriptions> {
  const { subscriptionsOfFiles } = await import('./subscriptions-of-files.ts')
  return subscriptionsOfFiles(readSource(path))
}
