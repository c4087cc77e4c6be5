// Pages of a list that is ordered by id, so that a reader meets everything once while others come and go.
// A token says where a page begins: a letter for the direction and an id of the page before.

/** Where a page begins: after or before an id, with that id or without it. */
export interface PageToken {
  readonly kind: 'after' | 'from' | 'before' | 'upTo'
  readonly id: string
}

const KINDS: Readonly<Record<string, PageToken['kind']>> = { F: 'after', W: 'from', B: 'before', I: 'upTo' }
const LETTERS: Readonly<Record<PageToken['kind'], string>> = { after: 'F', from: 'W', before: 'B', upTo: 'I' }

/** Reads a token; `new` is the beginning of the list. Undefined when it is none of ours. */
export function parsePageToken(text: string): PageToken | 'start' | undefined {
  if (text === 'new') return 'start'
  const kind = KINDS[text.slice(0, 1)]
  return kind && { kind, id: text.slice(1) }
}

/** One page, and the tokens of its neighbours as far as there are any. */
export interface Page<T> {
  readonly items: readonly T[]
  readonly prev?: string
  readonly next?: string
}

interface Identified {
  readonly id: string
}

/**
 * Cuts a page out of a list.
 *
 * @param items ordered by id
 * @param limit most items on the page, at least 1
 */
export function pageOf<T extends Identified>(
  items: readonly T[],
  token: PageToken | 'start',
  limit: number,
): Page<T> {
  if (token === 'start') return forwards(items, undefined, limit)
  switch (token.kind) {
    case 'after':
      return forwards(
        items.filter(({ id }) => id > token.id),
        token,
        limit,
      )
    case 'from':
      return forwards(
        items.filter(({ id }) => id >= token.id),
        token,
        limit,
      )
    case 'before':
      return backwards(
        items.filter(({ id }) => id < token.id),
        token,
        limit,
      )
    case 'upTo':
      return backwards(
        items.filter(({ id }) => id <= token.id),
        token,
        limit,
      )
  }
}

function forwards<T extends Identified>(
  rest: readonly T[],
  token: PageToken | undefined,
  limit: number,
): Page<T> {
  const [items, beyond] = [rest.slice(0, limit), rest[limit]]
  const [first] = items
  const next = beyond && { next: write('from', beyond.id) }
  if (token === undefined) return { items, ...next }
  // The last page may be empty: then the way back begins at the token itself.
  if (beyond === undefined || first === undefined) {
    return { items, prev: write(token.kind === 'after' ? 'upTo' : 'before', token.id) }
  }
  return { items, ...next, prev: write('before', first.id) }
}

function backwards<T extends Identified>(rest: readonly T[], token: PageToken, limit: number): Page<T> {
  const items = rest.slice(-limit)
  const [first, last] = [items[0], items.at(-1)]
  if (rest.length <= limit || first === undefined || last === undefined) {
    return { items, next: write(token.kind === 'before' ? 'from' : 'after', token.id) }
  }
  return { items, prev: write('before', first.id), next: write('after', last.id) }
}

function write(kind: PageToken['kind'], id: string): string {
  return LETTERS[kind] + id
}
