// JSON pointers (RFC 6901), as text and as the fragment of a `$ref`.

/** Writes a path as a JSON pointer; the empty path is the empty pointer. */
export function formatPointer(path: readonly string[]): string {
  return path.map((segment) => `/${segment.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

/** Reads a JSON pointer; undefined when it is not one. */
export function parsePointer(pointer: string): readonly string[] | undefined {
  if (pointer === '') return []
  if (!pointer.startsWith('/')) return undefined
  return pointer
    .slice(1)
    .split('/')
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/** Writes a path as a reference into the same document. */
export function formatLocalReference(path: readonly string[]): string {
  return `#${encodeURI(formatPointer(path))}`
}

/** Reads a reference into the same document, `#` or `#/a/b`; undefined for anything else, above all for files and URLs. */
export function parseLocalReference(reference: string): readonly string[] | undefined {
  if (!reference.startsWith('#')) return undefined
  try {
    return parsePointer(decodeURIComponent(reference.slice(1)))
  } catch {
    return undefined
  }
}

/** The value that a path leads to; undefined when there is none. Only members of the document itself count. */
export function valueAt(document: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, segment) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, segment)
        ? (value as Readonly<Record<string, unknown>>)[segment]
        : undefined,
    document,
  )
}
