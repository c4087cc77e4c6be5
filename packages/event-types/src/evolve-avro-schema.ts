import type { CompatibilityMode } from '@rioni/protocol'
import { avroSchemaIdentity } from './avro-canonical-form.ts'
import { type AvroIncompatibility, avroIncompatibilities } from './avro-resolution.ts'
import { parseAvroSchema } from './parse-avro-schema.ts'

/** An Avro schema that is to follow another one. */
export interface AvroSchemaUpdate {
  readonly original: string
  readonly updated: string
  readonly mode: CompatibilityMode
}

/** What becomes of the update. */
export interface AvroSchemaEvolution {
  /** False when both texts are the same schema, but for layout, documentation and aliases. */
  readonly changed: boolean
  /** The broker's 422, if the schema may not follow. */
  readonly refusal?: string
}

/**
 * Decides whether an Avro schema may follow another one. With `forward` the old schema must be able to read
 * what the new one writes, with `compatible` each what the other one writes.
 *
 * @throws AvroSchemaError for a text that `checkSchema` refuses.
 */
export function evolveAvroSchema({ original, updated, mode }: AvroSchemaUpdate): AvroSchemaEvolution {
  const [old, latest] = [parseAvroSchema(original), parseAvroSchema(updated)]
  if (avroSchemaIdentity(old) === avroSchemaIdentity(latest)) return { changed: false }
  const found = [
    ...(mode === 'none' ? [] : avroIncompatibilities(old, latest)),
    ...(mode === 'compatible' ? avroIncompatibilities(latest, old) : []),
  ]
  if (found.length === 0) return { changed: true }
  return { changed: true, refusal: `Failed to evolve avro schema due to [${found.map(text).join(', ')}]` }
}

function text({ type, location, message }: AvroIncompatibility): string {
  return `{ type:${type}, location:${location}, message:${message} }`
}
