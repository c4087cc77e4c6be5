/** A JSON object as `JSON.parse` gives it. Its keys are data: any of them may be `__proto__`. */
export type JsonObject = { readonly [key: string]: unknown }

/** True for a JSON object; false for arrays, `null` and everything else. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The value of a key that the object itself has; what it would inherit does not count. */
export function ownValue(object: JsonObject, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined
}

/**
 * A text that two JSON values share exactly if they are equal: keys are sorted, numbers are printed
 * one way. It makes comparing n values a matter of n texts instead of n * n deep comparisons.
 */
export function canonicalText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`
  if (!isJsonObject(value)) return JSON.stringify(value)
  const members = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalText(value[key])}`)
  return `{${members.join(',')}}`
}
