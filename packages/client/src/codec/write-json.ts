/**
 * Writes a value as `JSON.stringify` does, and bigints as integers with all their digits.
 *
 * @returns undefined for what JSON leaves out, such as a function
 * @throws RangeError for an invalid `Date`, which `JSON.stringify` would turn into `null`, and for a value that contains
 * itself
 */
export function writeJson(value: unknown): string | undefined {
  return write(value, '')
}

function write(value: unknown, key: string): string | undefined {
  if (typeof value === 'bigint') return String(value)
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (value instanceof Date && Number.isNaN(value.getTime())) throw new RangeError('a Date is invalid')
  if ('toJSON' in value && typeof value.toJSON === 'function') return write(value.toJSON(key), key)
  if (Array.isArray(value)) {
    return `[${Array.from(value, (item, index) => write(item, String(index)) ?? 'null').join(',')}]`
  }
  // A number, a string or a boolean in an object of its own.
  if ([Number, String, Boolean].some((type) => value instanceof type)) return JSON.stringify(value)
  const members = Object.entries(value).flatMap(([name, member]) => {
    const text = write(member, name)
    return text === undefined ? [] : `${JSON.stringify(name)}:${text}`
  })
  return `{${members.join(',')}}`
}
