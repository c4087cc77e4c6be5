// Definitions from a folder or a document, for those who want them without generating.

import type { EventTypeMappings } from '../sources/load-sources.ts'
import { readSource } from '../sources/read-source.ts'
import type { LoadResult } from './load-result.ts'

/**
 * Reads the event types of every `.json`, `.yaml` and `.yml` file below a folder, or of one file: definitions in the shape
 * of the Nakadi API, one or an array of them per file; OpenAPI 3.0 and 3.1 documents; AsyncAPI 3 documents. `schema.schema`
 * of a definition may be an object instead of a string, and `schema` may be the JSON Schema itself. References to other
 * files of the source are resolved. Hidden files, `node_modules` and links are passed over.
 *
 * Never rejects because of a file: what is wrong with it is a diagnostic.
 *
 * @param mappings - event types of OpenAPI documents that these do not name themselves
 */
export async function loadDefinitions(path: string, mappings: EventTypeMappings = {}): Promise<LoadResult> {
  const { loadSource } = await import('../sources/load-sources.ts')
  return loadSource(readSource(path), mappings)
}
