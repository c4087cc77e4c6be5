import type { AvroSchema, EnrichmentStrategy, PartitionStrategy } from '@rioni/protocol'
import type { Call, CallOptions } from '../request/call.ts'

/** What event types may choose from, and the binary formats that the broker understands. */
export interface Registry {
  partitionStrategies(options?: CallOptions): Promise<readonly PartitionStrategy[]>
  enrichmentStrategies(options?: CallOptions): Promise<readonly EnrichmentStrategy[]>
  /**
   * All versions of a binary format, such as `batch.publishing`.
   *
   * @throws NakadiError `not-found`
   */
  avroSchemas(name: string, options?: CallOptions): Promise<readonly AvroSchema[]>
  /** @throws NakadiError `not-found` */
  avroSchema(name: string, version: string, options?: CallOptions): Promise<AvroSchema>
}

/** The registry resource of one client. */
export function createRegistry(call: Call): Registry {
  return {
    async partitionStrategies(options) {
      return (await call({ operation: 'listPartitionStrategies', parameters: {}, options })).body
    },
    async enrichmentStrategies(options) {
      return (await call({ operation: 'listEnrichmentStrategies', parameters: {}, options })).body
    },
    async avroSchemas(name, options) {
      return (await call({ operation: 'listAvroSchemas', parameters: { name }, options })).body.items
    },
    async avroSchema(name, version, options) {
      return (await call({ operation: 'getAvroSchema', parameters: { name, version }, options })).body
    },
  }
}
