// The schemas of the batches that events are published and consumed in as Avro.

import { AVRO_BATCH_SCHEMAS, type AvroBatchSchema } from '@rioni/event-types'
import type { Handlers } from './handler.ts'
import { problem } from './problem.ts'
import { json } from './response.ts'

/** Lists and shows the schemas of batches. */
export function createAvroSchemaHandlers(): Handlers {
  return {
    listAvroSchemas: ({ path }) => {
      const name = path['name'] ?? ''
      const versions = versionsOf(name)
      if (versions === undefined) return problem(404, `Avro schema not found for: ${name}`)
      return json(200, { items: versions.map(wireOf) })
    },
    getAvroSchema: ({ path }) => {
      const { name = '', version = '' } = path
      const found = versionsOf(name)?.find((schema) => schema.version === version)
      return found === undefined
        ? problem(404, `Avro schema not found for: ${name}, version ${version}`)
        : json(200, wireOf(found))
    },
  }
}

function versionsOf(name: string): readonly AvroBatchSchema[] | undefined {
  const schemas: ReadonlyMap<string, readonly AvroBatchSchema[]> = new Map(Object.entries(AVRO_BATCH_SCHEMAS))
  return schemas.get(name)
}

function wireOf({ avro_schema, version }: AvroBatchSchema): AvroBatchSchema {
  return { avro_schema, version }
}
