// Strings and values of a schema as TypeScript source text. These are the only ways for them to get there.

/** Characters that JSON leaves as they are but that end a line, hide, or turn text around. */
const UNSAFE = /[\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g

/** Writes a string as a literal, in single quotes unless it has some of them and no double ones. */
export function stringLiteral(text: string): string {
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
  const line = `${open}${space}${members.join(', ')}${space}${close}`
  if (indent.length + line.length <= LINE_WIDTH && !line.includes('\n')) return line
  return `${open}\n${members.map((member) => `${deeper}${member},\n`).join('')}${indent}${close}`
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
