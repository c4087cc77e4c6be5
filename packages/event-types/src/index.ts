// For users.

// For other packages.
export { annotationViolations, labelViolations } from './annotation-rules.ts'
export { AVRO_BATCH_SCHEMAS, type AvroBatchSchema } from './avro-batch-schemas.ts'
export {
  type AvroConsumptionBatch,
  type AvroEnvelope,
  type AvroEventMetadata,
  type AvroPublishingBatch,
  decodeConsumptionBatch,
  decodeEnvelope,
  decodePublishingBatch,
  encodeConsumptionBatch,
  encodeEnvelope,
  encodePublishingBatch,
} from './avro-batches.ts'
export { avroFingerprint, crc64Avro } from './avro-fingerprint.ts'
export { avroEventText, avroValueText } from './avro-json.ts'
export {
  readSingleObject,
  type SingleObjectType,
  singleObjectType,
  writeSingleObject,
} from './avro-single-object.ts'
export type { AvroField, AvroNamedType, AvroType } from './avro-type.ts'
export { checkEventType, type EventTypeCheck, type Violation } from './check-event-type.ts'
export { checkSchema, type SchemaCandidate } from './check-schema.ts'
export { compactJson } from './compact-json.ts'
export { completeEventType } from './complete-event-type.ts'
export { type DeadLetterPolicy, deadLetterPolicy, deadLetterViolations } from './dead-letter-policy.ts'
export { type Decided, decideSchema, decideUpdate, type UpdateRequest } from './decide-update.ts'
export { diffSchemas } from './diff-schemas.ts'
export { type EventForm, effectiveSchema } from './effective-schema.ts'
export { envelopeOfJson } from './envelope-of-json.ts'
export {
  checkAuthorization,
  checkAuthorizationGiven,
  checkDataLakeAnnotations,
  checkEventTypeRules,
  checkRetention,
  type EventTypeDemands,
} from './event-type-rules.ts'
export {
  createEventJudge,
  createEventValidator,
  type EventJudge,
  type EventValidator,
} from './event-validator.ts'
export { evolveSchema, type SchemaEvolution, type SchemaUpdate } from './evolve-schema.ts'
export { hashPartition } from './hash-partition.ts'
export {
  isJsonWhitespace,
  type JsonScan,
  type Span,
  scanContainer,
  skipWhitespace,
} from './json-scan.ts'
export { canonicalText, type JsonObject } from './json-value.ts'
export {
  definitionIndexOf,
  type LoadedDocument,
  type LoadedSchema,
  type SchemaMap,
  type SchemaNode,
} from './loaded-schema.ts'
export { AvroSchemaError, parseAvroSchema } from './parse-avro-schema.ts'
export { MAX_PARTITION_COUNT, partitionCount } from './partition-count.ts'
export { partitionKeys, type ReadEvent } from './partition-keys.ts'
export { parsePropertyPath } from './property-path.ts'
export { readAvro } from './read-avro.ts'
export { type EventReading, readEvent } from './read-event.ts'
export {
  createPartitionResolver,
  type PartitioningOptions,
  type PartitionResolver,
  type ResolvedPartition,
} from './resolve-partition.ts'
export { sameSchema } from './same-schema.ts'
export {
  type ChangeLevel,
  changeLevel,
  changeText,
  type SchemaChange,
  type SchemaChangeKind,
} from './schema-change.ts'
export { SchemaError } from './schema-error.ts'
export { BROKER_LIMITS, type SchemaLimits, TOOL_LIMITS } from './schema-limits.ts'
export { type LoadSchemaOptions, loadSchema } from './schema-loader.ts'
export { authorizationChangeViolation, ownerSelectorChangeViolation } from './update-rules.ts'
export { AvroDataError, writeAvro } from './write-avro.ts'
