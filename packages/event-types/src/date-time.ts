const DATE_TIME =
  /^(\d{4}|-\d{4,10}|\+\d{5,10})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d{0,9})?(?:Z|([+-]\d\d):([0-5]\d))$/i

const INVALID = 'must be a valid date-time'

/**
 * Checks that a text is a time by RFC 3339 as the Nakadi broker reads it: a date, `T`, a time with seconds,
 * and an offset, either `Z` or hours and minutes up to 18:00. Leap seconds are refused, years beyond 9999
 * with a sign are not.
 *
 * Undefined for a valid time, otherwise the broker's message, which quotes the reason that Java's parser
 * gives.
 */
export function dateTimeViolation(text: string): string | undefined {
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

function valueFailure(parts: RegExpExecArray): string | undefined {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, offsetHours = 0, offsetMinutes = 0] =
    parts.slice(1).map((part) => Number(part ?? 0))
  const ranges = [
    { field: 'MonthOfYear', value: month, least: 1, most: 12, text: '1 - 12' },
    { field: 'DayOfMonth', value: day, least: 1, most: 31, text: '1 - 28/31' },
    { field: 'HourOfDay', value: hour, least: 0, most: 23, text: '0 - 23' },
    { field: 'MinuteOfHour', value: minute, least: 0, most: 59, text: '0 - 59' },
    { field: 'SecondOfMinute', value: second, least: 0, most: 59, text: '0 - 59' },
  ]
  const wrong = ranges.find(({ value, least, most }) => value < least || value > most)
  if (wrong) return `: Invalid value for ${wrong.field} (valid values ${wrong.text}): ${wrong.value}`
  if (Math.abs(offsetHours) * 60 + offsetMinutes > 18 * 60) {
    return ': Zone offset not in valid range: -18:00 to +18:00'
  }
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
