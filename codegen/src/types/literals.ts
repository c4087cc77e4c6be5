// Strings and values of a schema as TypeScript source text. These are the only ways for them to get there.

/** Characters that JSON leaves as they are but that end a line, hide, or turn text around. */
const UNSAFE = /[\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g

/** Text of printable ASCII without quotes and backslashes, which most is. */
const PLAIN = /^[ !#-&(-[\]-~]*$/

/** Writes a string as a literal, in single quotes unless it has some of them and no double ones. */
export function stringLiteral(text: string): string {
  if (PLAIN.test(text)) return `'${text}'`
  const escaped = JSON.stringify(text).replace(
    UNSAFE,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  if (text.includes("'") && !text.includes('"')) return escaped
  return `'${escaped.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`
}

/** Writes the name of a property, in quotes where it is no plain identifier. */
export function propertyKey(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : stringLiteral(name)
}

/** Writes a JSON value as the type that has this one value. */
export function literalType(value: unknown): string {
  if (typeof value === 'string') return stringLiteral(value)
  if (Array.isArray(value)) return `readonly [${value.map(literalType).join(', ')}]`
  if (typeof value === 'object' && value !== null) return objectLiteralType(value)
  return String(value)
}

/** Writes a JSON value as an expression, on one line or, where it does not fit, one member a line. */
export function valueLiteral(value: unknown, indent = ''): string {
  if (typeof value === 'string') return stringLiteral(value)
  if (typeof value !== 'object' || value === null) return String(value)
  const deeper = `${indent}  `
  const members = Array.isArray(value)
    ? value.map((item) => valueLiteral(item, deeper))
    : Object.entries(value).map(([name, member]) => `${valueKey(name)}: ${valueLiteral(member, deeper)}`)
  const [open, close, space] = Array.isArray(value) ? ['[', ']', ''] : ['{', '}', ' ']
  if (members.length === 0) return `${open}${close}`
  const room = LINE_WIDTH - indent.length - 2 * (1 + space.length)
  if (fitInto(room, members)) return `${open}${space}${members.join(', ')}${space}${close}`
  let lines = ''
  for (const member of members) lines += `${deeper}${member},\n`
  return `${open}\n${lines}${indent}${close}`
}

/** Whether there is room for members on one line. */
function fitInto(room: number, members: readonly string[]): boolean {
  let width = 2 * (members.length - 1)
  for (const member of members) {
    width += member.length
    if (width > room || member.includes('\n')) return false
  }
  return true
}

const LINE_WIDTH = 100

/** A plain `__proto__` in an expression would set the prototype. */
function valueKey(name: string): string {
  return name === '__proto__' ? `['__proto__']` : propertyKey(name)
}

function objectLiteralType(value: object): string {
  const members = Object.entries(value).map(
    ([name, member]) => `readonly ${propertyKey(name)}: ${literalType(member)}`,
  )
  return members.length === 0 ? '{ readonly [key: string]: never }' : `{ ${members.join('; ')} }`
}
