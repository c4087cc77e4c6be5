// URIs, mail addresses and hosts as the Java libraries of the Nakadi broker see them. One difference is
// meant: those know a list of top-level domains, here every one that is spelled like one is valid.

import { isIpv4, isIpv6 } from './ip-address.ts'

const LABEL = /^[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?$/u
const TOP_LABEL = /^(?:\p{L}{2,63}|xn--[a-z0-9-]{1,59})$/iu
const MAX_HOST_LENGTH = 253

/** True for one label, such as `localhost`, or a domain name. */
export function isHostname(text: string): boolean {
  return isDomain(text) || LABEL.test(text)
}

/** Most addresses are of this form. */
const PLAIN_ADDRESS = /^[\w+-]+(?:\.[\w+-]+)*@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/

/** True for an address of the form `local@domain` or `local@[ip address]`. */
export function isEmail(text: string): boolean {
  if (text.length <= 64 && PLAIN_ADDRESS.test(text)) return true
  const at = text.lastIndexOf('@')
  const local = text.slice(0, at)
  const domain = text.slice(at + 1)
  return at > 0 && local.length <= 64 && isLocalPart(local) && isMailDomain(domain)
}

/** True for a URI with a scheme. */
export function isUri(text: string): boolean {
  return PLAIN_URL.test(text) || (SCHEME.test(text) && isUriReference(text))
}

/** Most URIs are of this form, for which one look is enough. */
const PLAIN_URL = /^https?:\/\/[\w.-]+(?::\d+)?(?:[/?][\w./?&=,;:@!$'()*+~-]*)?$/

const SCHEME = /^[a-z][a-z0-9+.-]*:/i
const FORBIDDEN_IN_URI = /[\s\p{Cc}"<>\\^`{|}]|%(?![0-9a-f]{2})/iu

/** True for a URI or a reference that is relative to one; the empty text is one. */
export function isUriReference(text: string): boolean {
  if (PLAIN_URL.test(text)) return true
  const [resource = '', ...fragments] = text.split('#')
  if (fragments.length > 1 || FORBIDDEN_IN_URI.test(text)) return false
  const scheme = SCHEME.exec(resource)?.[0] ?? ''
  const [location = ''] = resource.slice(scheme.length).split('?', 1)
  if (scheme === '') return !/^[^/]*:/.test(location) && hasValidBrackets(location)
  const rest = resource.slice(scheme.length)
  return rest !== '' && rest !== '//' && hasValidBrackets(location)
}

/** Before the query, brackets may only enclose an IPv6 address in the place of the host. */
function hasValidBrackets(location: string): boolean {
  if (!/[[\]]/.test(location)) return true
  const host = /^\/\/(?:[^/@]*@)?\[([^\]]*)\](?::\d*)?(\/[^[\]]*)?$/.exec(location)
  return host !== null && isIpv6(host[1] ?? '')
}

function isDomain(text: string): boolean {
  const labels = text.split('.')
  const top = labels.at(-1) ?? ''
  return (
    text.length <= MAX_HOST_LENGTH &&
    labels.length > 1 &&
    labels.every((label) => LABEL.test(label)) &&
    TOP_LABEL.test(top)
  )
}

function isLocalPart(text: string): boolean {
  if (/^"(?:\\"|[^"])*"$/.test(text)) return true
  return text.split('.').every((atom) => /^[^\s\p{Cc}()<>@,;:\\"[\]]+$/u.test(atom))
}

function isMailDomain(text: string): boolean {
  const address = /^\[(.*)\]$/.exec(text)?.[1]
  if (address === undefined) return isDomain(text)
  return isIpv4(address) || isIpv6(address)
}
