// Texts of known formats as the values that they stand for.

import { NakadiError } from '../error.ts'
import type { TextType } from './payload-codec.ts'

/** Parses a text; undefined when it has not the form that the type asks for. */
export function parseText(text: string, type: TextType): unknown {
  const written = type === 'Temporal.PlainDate' ? (DATE.test(text) ? text : undefined) : plainDateTime(text)
  if (written === undefined) return undefined
  if (type === 'Date') {
    const date = new Date(written)
    return Number.isNaN(date.getTime()) ? undefined : date
  }
  const { Instant, PlainDate } = temporal()
  try {
    return type === 'Temporal.Instant' ? Instant.from(written) : PlainDate.from(written)
  } catch {
    return undefined
  }
}

const DATE = /^\d{4}-\d\d-\d\d$/

/** What Nakadi accepts as a `date-time`. */
const DATE_TIME = /^((?:\d{4}|[+-]\d{6})-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.(\d*))?(Z|[+-]\d\d:\d\d)$/i

/** A `date-time` as every parser reads it; the broker lets lower case and a dot without digits pass. */
function plainDateTime(text: string): string | undefined {
  const [, date, time, fraction = '', zone = ''] = DATE_TIME.exec(text) ?? []
  if (date === undefined) return undefined
  return `${date}T${time}${fraction === '' ? '' : `.${fraction}`}${zone.toUpperCase()}`
}

/** What is used of `Temporal`. */
interface TemporalTypes {
  readonly Instant: { from(text: string): unknown }
  readonly PlainDate: { from(text: string): unknown }
}

/** The platform's `Temporal`, or that of a polyfill. */
function temporal(): TemporalTypes {
  const { Temporal } = globalThis as { readonly Temporal?: TemporalTypes }
  if (Temporal !== undefined) return Temporal
  throw new NakadiError({
    code: 'invalid-argument',
    outcome: 'not-sent',
    message:
      'This platform has no Temporal, which events are decoded to. Load a polyfill that defines it globally, or generate with the format date-time mapped to Date.',
  })
}
