// Cursors that come as JSON in a header or in a query.

import type { Cursor } from '@rioni/protocol'
import { fieldsOf, optionalList, optionalText, readWith } from './read-fields.ts'

/** A cursor as a client wrote it, perhaps without a part. */
export interface GivenCursor {
  readonly partition: string | undefined
  readonly offset: string | undefined
}

/** A complete cursor, or the text for the client that left something out. */
export type CheckedCursor =
  | { readonly ok: true; readonly cursor: Cursor }
  | { readonly ok: false; readonly detail: string }

/** Reads a JSON array of `{partition, offset}`; undefined when the text is none. */
export function readCursorList(text: string): readonly GivenCursor[] | undefined {
  const read = readWith(() => {
    const list = optionalList(parse(text), 'cursors')
    if (list === undefined) return { kind: 'unreadable', message: 'null' }
    const value = list.map((item): GivenCursor => {
      const fields = fieldsOf(item, 'cursor')
      return {
        partition: optionalText(fields.get('partition'), 'partition'),
        offset: optionalText(fields.get('offset'), 'offset'),
      }
    })
    return { kind: 'read', value }
  })
  return read.kind === 'read' ? read.value : undefined
}

/** Checks that a cursor has both parts, and that neither is empty. */
export function checkCursor({ partition, offset }: GivenCursor): CheckedCursor {
  if (partition === undefined || partition === '') return { ok: false, detail: 'partition must not be null' }
  if (offset === undefined || offset === '') return { ok: false, detail: 'offset must not be null' }
  return { ok: true, cursor: { partition, offset } }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
