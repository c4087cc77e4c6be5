import type { EventTypeDefinition } from '../definitions/event-type-definition.ts'
import type { EventNames } from '../event-names.ts'
import { pageBanner } from '../modules/banner.ts'
import { codeText, inlineText, table } from './markdown.ts'

/** An event type that there is a page, or a message, of. */
export interface DocumentedEvent {
  readonly names: EventNames
  readonly definition: EventTypeDefinition
}

/** The file of the AsyncAPI document. */
export const ASYNCAPI_FILE = 'asyncapi.yaml'

/** The file of the list of all pages. */
export const PAGE_INDEX = 'event-types.md'

/** The file of the page of an event type. */
export function pageFile({ file }: EventNames): string {
  return `${file}.md`
}

/** Prints the list of all event types. */
export function printPageIndex(events: readonly DocumentedEvent[]): string {
  const rows = events.map(({ names, definition: { eventType, schemaVersion = '' } }) => [
    `[${codeText(names.eventType)}](${pageFile(names)})`,
    eventType.category,
    inlineText(eventType.owning_application),
    inlineText(schemaVersion),
  ])
  const head = ['event type', 'category', 'owner', 'version']
  return `${[pageBanner('the event types listed here'), '# Event types', table(head, rows)].join('\n\n')}\n`
}
