import type { NewEventType } from '@rioni/protocol'

/** An event type to generate code for, and where it was read, so that complaints can point there. */
export interface EventTypeDefinition {
  /** The event type in the API's shape. */
  readonly eventType: NewEventType
  /** The version of the schema in the registry, where the definition says it. */
  readonly schemaVersion?: string
  /** Absent for an event type that comes from no file. */
  readonly origin?: DefinitionOrigin
}

/** The place of an event type's schema. */
export interface DefinitionOrigin {
  /** Path relative to the folder that was loaded, with `/` on every system. */
  readonly file: string
  /** JSON pointer to the schema within the file. */
  readonly schemaPointer: string
  /** Parts of the schema that were copied from elsewhere; none when absent. */
  readonly parts?: readonly DefinitionPart[]
}

/** A part of a schema that was copied from another place, maybe in another file. */
export interface DefinitionPart {
  /** JSON pointer to it within the schema. */
  readonly pointer: string
  readonly file: string
  /** JSON pointer to it within that file. */
  readonly filePointer: string
}
