// Identifiers and file names from names that somebody else chose. Whatever comes in, only `[A-Za-z0-9]` comes out, and letters
// and digits of other scripts where no file is named.

/** Longest name that is made from words, in characters. File systems allow 255 for a name with its extension. */
const MAX_LENGTH = 120

/**
 * Splits a name into words: at everything that is neither a letter nor a digit of ASCII, and where a small letter is
 * followed by a capital one. `github.issue_comment` has three words, `orderPlaced` has two.
 */
export function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '')
}

/** What separates the words of an identifier: all that cannot be in one, what cannot be seen, and what needs two code units. */
const SEPARATORS = /(?:[^\p{ID_Continue}]|[\p{Pc}\p{Default_Ignorable_Code_Point}\u{10000}-\u{10ffff}])+/u

/**
 * Splits a name into words for identifiers, in which letters of every script may be: `Größe` is one word. In names of ASCII
 * they are the words of `wordsOf`. A word may begin with what no identifier begins with.
 */
export function identifierWordsOf(name: string): string[] {
  return name
    .normalize('NFC')
    .replace(/([\p{Ll}\p{Nd}])(\p{Lu})/gu, '$1 $2')
    .split(SEPARATORS)
    .filter((word) => word !== '')
}

/** Writes words as a type name: `OrderPlaced`. */
export function pascalCase(words: readonly string[]): string {
  return words
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')
    .slice(0, MAX_LENGTH)
}

/** Writes words as a value name: `orderPlaced`. */
export function camelCase(words: readonly string[]): string {
  const name = pascalCase(words)
  return name.charAt(0).toLowerCase() + name.slice(1)
}

/** Writes words as a file name without extension: `order-placed`. */
export function kebabCase(words: readonly string[]): string {
  return words.join('-').toLowerCase().slice(0, MAX_LENGTH)
}

/** Drops words that repeat the one before, so that `order.order-placed` becomes `order placed`. */
export function withoutRepetitions(words: readonly string[]): string[] {
  return words.filter((word, index) => word.toLowerCase() !== words[index - 1]?.toLowerCase())
}

/**
 * Appends words to others, writing once what ends the first and begins the second: `github star` and `star created`
 * give `github star created`. Words that would disappear altogether are kept.
 */
export function joinWords(first: readonly string[], second: readonly string[]): string[] {
  for (let overlap = Math.min(first.length, second.length - 1); overlap > 0; overlap--) {
    const end = first.slice(-overlap).join(' ').toLowerCase()
    if (end === second.slice(0, overlap).join(' ').toLowerCase()) return [...first, ...second.slice(overlap)]
  }
  return [...first, ...second]
}

/** Gives out names, each only once. */
export interface NamePool {
  /** Takes a name or, if it is taken, the same with the next number: `Order`, `Order2`, `Order3`. */
  take(name: string): string
}

/** Makes a pool in which some names are taken from the start. */
export function createNamePool(reserved: Iterable<string>): NamePool {
  const taken = new Set(reserved)
  // Where the last search for each name ended, so that thousands of equal names do not take quadratic time.
  const numbers = new Map<string, number>()
  return {
    take(name) {
      let number = numbers.get(name) ?? 1
      const candidate = (): string => (number === 1 ? name : `${name}${number}`)
      while (taken.has(candidate())) number++
      numbers.set(name, number)
      taken.add(candidate())
      return candidate()
    },
  }
}
