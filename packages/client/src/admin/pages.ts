import type { OperationId, PaginationLinks } from '@rioni/protocol'
import { NakadiError } from '../error.ts'

/** Where a page starts: the broker counts, or hands out a token when it iterates by id. */
export interface PagePosition {
  readonly offset?: string
  readonly token?: string
}

/** A page as the broker answers it. */
export interface Page<Item> {
  readonly items: readonly Item[]
  readonly _links: PaginationLinks
}

/** A list that is fetched page by page. */
export interface PagedList<Item> {
  readonly operation: OperationId
  readonly start?: PagePosition
  fetchPage(position: PagePosition): Promise<Page<Item>>
}

/**
 * All items of a list; the next page is fetched when the last item of the one before has been taken. Of the
 * links only the position is used, so that a link cannot lead elsewhere.
 *
 * @throws NakadiError `protocol` if a link leads nowhere or back to its own page.
 */
export async function* followPages<Item>(list: PagedList<Item>): AsyncGenerator<Item, void> {
  let position = list.start ?? {}
  while (true) {
    const page = await list.fetchPage(position)
    yield* page.items
    const next = page._links.next?.href
    if (next === undefined) return
    const following = positionOf(next)
    if (following === undefined) throw wrongLink(list.operation, `names neither offset nor token (${next})`)
    if (following.offset === position.offset && following.token === position.token)
      throw wrongLink(list.operation, `leads back to the same page (${next})`)
    position = following
  }
}

function positionOf(href: string): PagePosition | undefined {
  const query = new URLSearchParams(href.slice(href.indexOf('?') + 1))
  const [offset, token] = [query.get('offset'), query.get('token')]
  if (token !== null) return { token }
  return offset === null ? undefined : { offset }
}

function wrongLink(operation: OperationId, what: string): NakadiError {
  return new NakadiError({
    code: 'protocol',
    outcome: 'rejected',
    message: `${operation}: the link to the next page ${what}. Check that baseUrl leads to the broker.`,
  })
}
