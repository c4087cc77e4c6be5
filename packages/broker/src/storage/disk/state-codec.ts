// State and commands as JSON. They are plain data, except that they contain maps and sets, which JSON has not:
// `{"$map":[[key,value],...]}` and `{"$set":[...]}`. An object that has such a key itself is written as
// `{"$object":[[key,value],...]}`, so that nothing is taken for what it is not.

const TAGS = ['$map', '$set', '$object']

/** Writes a value as JSON, on one line. */
export function encodeValue(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => tagged(part))
}

/** Reads what `encodeValue` wrote. */
export function decodeValue(json: string): unknown {
  return JSON.parse(json, (_, part: unknown) => untagged(part))
}

function tagged(part: unknown): unknown {
  if (part instanceof Map) return { $map: [...part] }
  if (part instanceof Set) return { $set: [...part] }
  if (isObject(part) && TAGS.some((tag) => Object.hasOwn(part, tag))) return { $object: Object.entries(part) }
  return part
}

function untagged(part: unknown): unknown {
  if (!isObject(part)) return part
  const [[tag, content] = ['', undefined], ...others] = Object.entries(part)
  if (others.length > 0 || !Array.isArray(content)) return part
  if (tag === '$map') return new Map(content)
  if (tag === '$set') return new Set(content)
  return tag === '$object' ? Object.fromEntries(content) : part
}

function isObject(part: unknown): part is Record<string, unknown> {
  return typeof part === 'object' && part !== null && !Array.isArray(part)
}
