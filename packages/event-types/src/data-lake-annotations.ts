const MATERIALIZE_EVENTS = 'datalake.zalando.org/materialize-events'
const RETENTION_PERIOD = 'datalake.zalando.org/retention-period'
const RETENTION_REASON = 'datalake.zalando.org/retention-period-reason'

/** `unlimited`, or a number and a unit: 7 to 3650 days, or as much in weeks, months or years. */
const RETENTION_GRAMMAR = new RegExp(
  '^(?:unlimited' +
    `|${amount('[7-9]|[1-9]\\d{1,2}|[12]\\d{3}|3[0-5]\\d{2}|36[0-4]\\d|3650', 'day', 'd')}` +
    `|${amount('[1-9]\\d?|[1-4]\\d{2}|5[01]\\d|52[01]', 'week', 'w')}` +
    `|${amount('[1-9]\\d?|1[01]\\d|120', 'month', 'm')}` +
    `|${amount('[1-9]|10', 'year', 'y')})$`,
)

/** One whitespace before the long form of a unit, none before the short one. */
function amount(range: string, unit: string, letter: string): string {
  return `(?:${range})(?:\\s${unit}s?|${letter})`
}

/**
 * Checks the annotations that tell a data lake whether, for how long and why it keeps the events. Gives the
 * broker's message for the first thing that is wrong.
 *
 * @param options.required whether they must say at all if the events are kept. @default false
 */
export function dataLakeAnnotationViolation(
  annotations: Readonly<Record<string, string>>,
  { required = false }: { readonly required?: boolean } = {},
): string | undefined {
  const materialize = annotations[MATERIALIZE_EVENTS]
  const period = annotations[RETENTION_PERIOD]
  if (required && materialize === undefined) return `Annotation ${MATERIALIZE_EVENTS} is required`
  if (materialize !== undefined && materialize !== 'on' && materialize !== 'off') {
    return (
      `Annotation ${MATERIALIZE_EVENTS} is not valid. Provided value: "${materialize}". ` +
      'Possible values are: "on" or "off".'
    )
  }
  if (materialize === 'on' && period === undefined) {
    return `Annotation ${RETENTION_PERIOD} is required, when ${MATERIALIZE_EVENTS} is "on".`
  }
  if (period === undefined) return undefined
  if (!annotations[RETENTION_REASON]) {
    return `Annotation ${RETENTION_REASON} is required, when ${RETENTION_PERIOD} is specified.`
  }
  if (RETENTION_GRAMMAR.test(period)) return undefined
  return `Annotation ${RETENTION_PERIOD} does not comply with regex. See documentation for more details.`
}
