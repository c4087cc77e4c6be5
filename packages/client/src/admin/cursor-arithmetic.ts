import type { Cursor, CursorDistance, CursorLag, CursorPair, CursorShift } from '@rioni/protocol'
import type { Call, CallOptions } from '../request/call.ts'

/** Arithmetic over cursors, which only the broker can do: offsets are opaque to clients. */
export interface CursorArithmetic {
  /** How many events lie between the cursors of each pair; negative where the final one is the earlier. */
  distances(
    eventType: string,
    pairs: readonly CursorPair[],
    options?: CallOptions,
  ): Promise<readonly CursorDistance[]>
  /**
   * Moves each cursor by its `shift`, backwards when that is negative. A cursor may be moved beyond the last event.
   *
   * @throws NakadiError `validation` if a cursor would lie before the first event that the broker knows of.
   */
  shift(eventType: string, cursors: readonly CursorShift[], options?: CallOptions): Promise<readonly Cursor[]>
  /** How many events come after each cursor. */
  lag(eventType: string, cursors: readonly Cursor[], options?: CallOptions): Promise<readonly CursorLag[]>
}

/** The cursor operations of one client. */
export function createCursorArithmetic(call: Call): CursorArithmetic {
  const asked = (name: string, items: readonly object[], options: CallOptions | undefined) => ({
    parameters: { name },
    body: JSON.stringify(items),
    options,
  })
  return {
    async distances(eventType, pairs, options) {
      return (await call({ operation: 'measureCursorDistances', ...asked(eventType, pairs, options) })).body
    },
    async shift(eventType, cursors, options) {
      return (await call({ operation: 'shiftCursors', ...asked(eventType, cursors, options) })).body
    },
    async lag(eventType, cursors, options) {
      return (await call({ operation: 'measureCursorsLag', ...asked(eventType, cursors, options) })).body
    },
  }
}
