/**
 * Whether something has to be awaited. Promises of another realm are no instances of `Promise` here, and the queries
 * of some database libraries are no promises at all: they only begin when somebody calls `then`.
 */
export function isThenable(value: unknown): value is PromiseLike<unknown> {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return false
  return 'then' in value && typeof value.then === 'function'
}
