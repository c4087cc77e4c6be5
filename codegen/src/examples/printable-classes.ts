// Texts of patterns are made of printable ASCII. A class that leaves all of it out, such as `[^\x00-\x7f]`, would be
// waited for without end, so it is written as a few characters that are in it.

/** A class that leaves out what it lists, in a pattern as `nativePattern` writes it; what is escaped is skipped. */
const NEGATED_CLASS = /\\[\s\S]|\[\^(?:\\[\s\S]|[^\]\\])*\]/g

const PRINTABLE = Array.from({ length: 95 }, (_, index) => String.fromCharCode(0x20 + index)).join('')

/** Characters of several scripts, of controls and of pictures, of which one is in most classes beyond ASCII. */
const OTHERS = [
  'é',
  'ß',
  'Ω',
  'ж',
  '中',
  '日',
  'ا',
  '٣',
  '½',
  '€',
  '—',
  '\u00a0',
  '\n',
  '\t',
  '\u{1f600}',
  '\u0001',
]

/** Writes a pattern so that every class has characters of which texts can be made. Undefined where none is known. */
export function withPrintableClasses(source: string): string | undefined {
  let isPossible = true
  const rewritten = source.replace(NEGATED_CLASS, (part) => {
    if (part.startsWith('\\')) return part
    const one = new RegExp(part, 'u')
    if (one.test(PRINTABLE)) return part
    const known = OTHERS.filter((character) => one.test(character))
    isPossible &&= known.length > 0
    return `[${known.join('')}]`
  })
  return isPossible ? rewritten : undefined
}
