// How the text after a flag becomes a value. Each parser throws commander's own error, which names the flag.

import { InvalidArgumentError } from 'commander'

/** A TCP port; 0 asks the operating system for a free one. */
export function parsePort(text: string): number {
  return parseWholeNumber(text, { from: 0, to: 65_535 })
}

/** Returns a parser of whole numbers in decimal notation between `from` and `to`, both included. */
export function wholeNumber(from: number, to: number = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => parseWholeNumber(text, { from, to })
}

/**
 * The address of a broker, without the slash at its end. Refuses credentials inside the address: everybody on the
 * machine can read them in the process list.
 */
export function parseUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
    throw new InvalidArgumentError('Expected an address that starts with http:// or https://.')
  }
  if (url.username !== '' || url.password !== '') {
    throw new InvalidArgumentError(
      'Credentials do not belong in the address; use RIONI_TOKEN or --token-file.',
    )
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`
}

function parseWholeNumber(text: string, { from, to }: { from: number; to: number }): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (value >= from && value <= to) return value
  const range = to === Number.MAX_SAFE_INTEGER ? `of at least ${from}` : `from ${from} to ${to}`
  throw new InvalidArgumentError(`Expected a whole number ${range}.`)
}

/** Returns a parser of one of a few words. */
export function oneOf<const Word extends string>(words: readonly Word[]): (text: string) => Word {
  return (text) => {
    const found = words.find((word) => word === text)
    if (found !== undefined) return found
    throw new InvalidArgumentError(`Expected one of ${words.join(', ')}.`)
  }
}

/** The words of a list with commas between them. */
export function parseList(text: string): readonly string[] {
  return text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '')
}

/** A switch. As a flag it has no text of its own, which commander takes for `true`. */
export function parseSwitch(text: string): boolean {
  if (text === 'true' || text === '1') return true
  if (text === 'false' || text === '0') return false
  throw new InvalidArgumentError('Expected true or false.')
}

/** Collects the values of a flag that may be repeated. */
export function append(text: string, before: readonly string[]): readonly string[] {
  return [...before, text]
}
