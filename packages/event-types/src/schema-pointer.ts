import { isJsonObject, ownValue } from './json-value.ts'
import { invalidSchema, SchemaError } from './schema-error.ts'

/**
 * Finds what a `$ref` means inside the same document. Only JSON pointers are followed (`#` and
 * `#/definitions/x`): nothing is ever fetched, and ids name nothing.
 *
 * @param at Where the reference stands, for messages.
 * @throws SchemaError when the reference leaves the document or leads nowhere.
 */
export function resolvePointer(root: unknown, ref: string, at: string): unknown {
  if (!ref.startsWith('#')) throw new SchemaError(`external url reference is not supported: ${ref}`)
  const [first, ...segments] = decodePointer(ref.slice(1), at).split('/')
  if (first !== '') throw invalidSchema(at, `invalid JSON pointer [${ref}]`)
  let target = root
  for (const segment of segments) {
    const name = segment.replaceAll('~1', '/').replaceAll('~0', '~')
    target = childOf(target, name)
    if (target === undefined) {
      throw invalidSchema(at, `failed to resolve JSON pointer [${ref}]: key [${name}] not found`)
    }
  }
  return target
}

function decodePointer(pointer: string, at: string): string {
  try {
    return decodeURIComponent(pointer)
  } catch {
    throw invalidSchema(at, `invalid JSON pointer [#${pointer}]`)
  }
}

function childOf(value: unknown, name: string): unknown {
  if (Array.isArray(value)) return /^(0|[1-9]\d*)$/.test(name) ? value[Number(name)] : undefined
  return isJsonObject(value) ? ownValue(value, name) : undefined
}
