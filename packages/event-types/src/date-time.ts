const DATE_TIME =
  /^(\d{4}|-\d{4,10}|\+\d{5,10})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d{0,9})?(?:Z|([+-]\d\d):([0-5]\d))$/i

/** Most times are of this form, in days that every month has, so that one look is enough. */
const PLAIN_TIME =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{0,9})?(?:Z|[+-](?:0\d|1[0-7]):[0-5]\d)$/

const INVALID = 'must be a valid date-time'
const MAX_OFFSET_MINUTES = 18 * 60

/**
 * Checks that a text is a time by RFC 3339 as the Nakadi broker reads it: a date, `T`, a time with seconds,
 * and an offset, either `Z` or hours and minutes up to 18:00. Leap seconds are refused, years beyond 9999
 * with a sign are not.
 *
 * Undefined for a valid time, otherwise the broker's message, which quotes the reason that Java's parser
 * gives.
 */
export function dateTimeViolation(text: string): string | undefined {
  if (PLAIN_TIME.test(text)) return undefined
  const parts = DATE_TIME.exec(text)
  if (parts && valueFailure(parts) === undefined) return undefined
  const reason = syntaxFailure(text) ?? (parts && valueFailure(parts))
  return reason ? `${INVALID} Text '${abbreviate(text)}' could not be parsed${reason}` : INVALID
}

/** What Java's parser expects one after the other; seconds and parts of the offset may be missing to it. */
const PIECES: readonly RegExp[] = [
  /\d{4}(?!\d)|-\d{4,10}|\+\d{5,10}/y,
  /-/y,
  /\d\d/y,
  /-/y,
  /\d\d/y,
  /T/iy,
  /\d\d/y,
  /:/y,
  /\d\d/y,
  /(?::\d\d(?:\.\d{0,9})?)?/y,
  /Z|[+-]\d\d(?::[0-5]\d(?::[0-5]\d)?)?/iy,
]

function syntaxFailure(text: string): string | undefined {
  let position = 0
  for (const piece of PIECES) {
    piece.lastIndex = position
    const match = piece.exec(text)
    if (match === null) return ` at index ${position}`
    position += match[0].length
  }
  return position < text.length ? `, unparsed text found at index ${position}` : undefined
}

const MONTHS = 'JANUARY FEBRUARY MARCH APRIL MAY JUNE JULY AUGUST SEPTEMBER OCTOBER NOVEMBER DECEMBER'.split(
  ' ',
)

/** The parts of a time in the order of `DATE_TIME`, with the values that Java's calendar has for them. */
const RANGES = [
  { part: 2, field: 'MonthOfYear', least: 1, most: 12, text: '1 - 12' },
  { part: 3, field: 'DayOfMonth', least: 1, most: 31, text: '1 - 28/31' },
  { part: 4, field: 'HourOfDay', least: 0, most: 23, text: '0 - 23' },
  { part: 5, field: 'MinuteOfHour', least: 0, most: 59, text: '0 - 59' },
  { part: 6, field: 'SecondOfMinute', least: 0, most: 59, text: '0 - 59' },
] as const

function valueFailure(parts: RegExpExecArray): string | undefined {
  for (const { part, field, least, most, text } of RANGES) {
    const value = Number(parts[part])
    if (value < least || value > most) return `: Invalid value for ${field} (valid values ${text}): ${value}`
  }
  if (Math.abs(Number(parts[7] ?? 0)) * 60 + Number(parts[8] ?? 0) > MAX_OFFSET_MINUTES) {
    return ': Zone offset not in valid range: -18:00 to +18:00'
  }
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])]
  if (day <= daysIn(month, year)) return undefined
  if (month === 2 && day === 29) return `: Invalid date 'February 29' as '${year}' is not a leap year`
  return `: Invalid date '${MONTHS[month - 1]} ${day}'`
}

function daysIn(month: number, year: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

function abbreviate(text: string): string {
  return text.length > 64 ? `${text.slice(0, 64)}...` : text
}
