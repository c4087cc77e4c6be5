import { invalidArgument } from '../error.ts'
import type { RunPlan } from './runner.ts'

/**
 * The handler of each event type: one function for all of them, or one of its own for each.
 *
 * @throws NakadiError `invalid-argument` when an event type has none.
 */
export function handlerByEventType(handler: unknown, eventTypes: readonly string[]): RunPlan['handlerOf'] {
  if (isHandler(handler)) return () => handler
  const handlers = new Map<string, Handler>()
  for (const eventType of eventTypes) {
    const own: unknown =
      isRecord(handler) && Object.hasOwn(handler, eventType) ? handler[eventType] : undefined
    if (!isHandler(own)) throw invalidArgument(`there is no handler for events of ${eventType}; add one`)
    handlers.set(eventType, own)
  }
  return (eventType) => {
    const own = handlers.get(eventType)
    if (own === undefined) throw invalidArgument(`there is no handler for events of ${eventType}; add one`)
    return own
  }
}

type Handler = ReturnType<RunPlan['handlerOf']>

function isHandler(value: unknown): value is Handler {
  return typeof value === 'function'
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
