import { currencyViolation } from './currency.ts'
import { dateTimeViolation } from './date-time.ts'
import { isEmail, isHostname, isUri, isUriReference } from './internet-formats.ts'
import { isIpv4, isIpv6 } from './ip-address.ts'

/** Checks a text: undefined when it has the format, otherwise the broker's message. */
export type FormatCheck = (text: string) => string | undefined

function formatCheck(isValid: (text: string) => boolean, what: string): FormatCheck {
  return (text) => (isValid(text) ? undefined : `[${text}] is not a valid ${what}`)
}

/**
 * The formats that events are checked for. Every other format is only a remark. Draft-04 takes relative
 * references for URIs too, which is why loaded schemas of that draft say `uri-reference`.
 */
export const FORMATS: ReadonlyMap<string, FormatCheck> = new Map([
  ['date-time', dateTimeViolation],
  ['uri', formatCheck(isUri, 'URI')],
  ['uri-reference', formatCheck(isUriReference, 'URI')],
  ['email', formatCheck(isEmail, 'email address')],
  ['ipv4', formatCheck(isIpv4, 'ipv4 address')],
  ['ipv6', formatCheck(isIpv6, 'ipv6 address')],
  ['hostname', formatCheck(isHostname, 'hostname')],
  ['iso-4217', currencyViolation],
  ['ISO-4217', currencyViolation],
])

/** The format by which a text is checked in a draft, or undefined when it is not. */
export function checkedFormat(name: string, draft: 4 | 6 | 7): string | undefined {
  if (name === 'uri') return draft === 4 ? 'uri-reference' : 'uri'
  return name !== 'uri-reference' && FORMATS.has(name) ? name : undefined
}
