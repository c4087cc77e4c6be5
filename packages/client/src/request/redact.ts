// redact.ts - keeps tokens out of errors.
//
// A transport is somebody else's code. Some hang the request, with its headers, on the errors that they throw, and
// whoever logs such an error publishes the token.

const mask = '[token]'
/** Beyond so many values an error is too large to be looked through. */
const maxValues = 2_000

/** The text without the secrets. */
export function redactText(text: string, secrets: readonly string[]): string {
  return secrets.reduce((rest, secret) => rest.replaceAll(secret, mask), text)
}

/** The error as it is, or, when it shows a secret anywhere, one with no more than its name, message and code. */
export function redactError(error: unknown, secrets: readonly string[]): unknown {
  if (secrets.length === 0 || !shows(error, secrets)) return error
  if (!(error instanceof Error)) return new Error(redactText(String(error), secrets))
  const plain = new Error(redactText(error.message, secrets))
  plain.name = redactText(error.name, secrets)
  // The causes behind it are dropped, but for the system's code, which tells what happened.
  const code = codeOf(error)
  return code === undefined ? plain : Object.assign(plain, { code })
}

function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  return 'code' in error && typeof error.code === 'string' ? error.code : codeOf(error.cause)
}

function shows(root: unknown, secrets: readonly string[]): boolean {
  const seen = new Set<unknown>()
  const left: unknown[] = [root]
  for (let value = left.pop(); value !== undefined; value = left.pop()) {
    if (typeof value === 'string' && secrets.some((secret) => value.includes(secret))) return true
    if (typeof value !== 'object' || value === null || seen.has(value)) continue
    seen.add(value)
    if (seen.size > maxValues) return true
    left.push(...partsOf(value).filter((part) => part !== undefined && part !== null))
  }
  return false
}

/** What a logger would print of a value. Getters are not run. */
function partsOf(value: object): unknown[] {
  const own = Reflect.ownKeys(value).map((key) => Reflect.getOwnPropertyDescriptor(value, key)?.value)
  const names = Object.keys(value)
  if (value instanceof Map) return [...own, ...names, ...value.keys(), ...value.values()]
  if (value instanceof Set) return [...own, ...names, ...value]
  if (value instanceof Headers) return [...own, ...value.values()]
  if (value instanceof Request) return [...own, value.headers]
  return [...own, ...names]
}
