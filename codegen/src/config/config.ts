// What `rioni.config.ts` may say.

import type { FormatTypes } from '../codec/map-formats.ts'
import type { LintLevel } from '../lint/lint-rule.ts'
import type { EventTypeMapping } from '../sources/described-event.ts'

/** How code is generated for a project. Paths are relative to the file that holds this. */
export interface RioniConfig {
  /** Where the event types are: folders of definitions, or documents. */
  readonly from: SourceInput | readonly SourceInput[]
  /** The folder for the generated modules. */
  readonly out: string
  /**
   * The lock file.
   *
   * @default `rioni.lock.json` in the output folder
   */
  readonly lock?: string
  /**
   * Names of event types to generate, in which `*` stands for any text.
   *
   * @default every event type
   */
  readonly include?: readonly string[]
  /** Names of event types to leave out, in which `*` stands for any text. It wins over `include`. */
  readonly exclude?: readonly string[]
  /** Names of payload types, by event type, in place of those made from the names of the event types. */
  readonly names?: Readonly<Record<string, string>>
  /**
   * Whether each event type gets a module that validates its events.
   *
   * @default true
   */
  readonly validators?: boolean
  /**
   * Whether each event type gets a module with examples of its events for tests.
   *
   * @default true
   */
  readonly examples?: boolean
  /**
   * Whether the generated code is tried on documents: examples of the schemas, samples, and mutants of both.
   *
   * @default true
   */
  readonly proof?: boolean
  /**
   * Whether each event type gets a page in Markdown.
   *
   * @default false
   */
  readonly docs?: boolean
  /**
   * Whether there is an AsyncAPI document of all event types.
   *
   * @default false
   */
  readonly asyncapi?: boolean
  /**
   * What the values of formats become in types, and by a codec in events. Without it they stay what JSON has.
   *
   * @default {}
   */
  readonly formats?: FormatTypes
  /**
   * What relative imports end in: `.js` for compiled code, `.ts` for code that runs with its types stripped.
   *
   * @default '.js'
   */
  readonly importExtension?: '.js' | '.ts'
  /**
   * Which side of the events the code is on: `rioni check` fails for what breaks that side.
   *
   * @default 'both'
   */
  readonly role?: 'consumer' | 'producer' | 'both'
  /** Levels of rules for `rioni lint`, by their ids: `{ audience: 'error', 'enum-value': 'off' }`. */
  readonly lint?: Readonly<Record<string, LintLevel>>
}

/** The path of a source, or the path with more about it. */
export type SourceInput = string | SourceConfig

/** A source that needs more than its path. */
export interface SourceConfig {
  readonly path: string
  /** Event types of an OpenAPI document that does not name them, by name: where their schemas are. */
  readonly eventTypes?: Readonly<Record<string, string | EventTypeMapping>>
}

/** Gives an object the type of a config, for completion and checks in an editor. Returns it as it is. */
export function defineConfig(config: RioniConfig): RioniConfig {
  return config
}
