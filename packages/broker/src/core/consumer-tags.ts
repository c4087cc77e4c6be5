// The header `X-CONSUMER-TAG`: `consumer_subscription_id=<uuid>` makes the events of a request visible to that
// subscription alone. It is a list, though there is only one tag that clients may set.

/** The subscription that is named, if one is, or what is wrong with the header. */
export type ConsumerTag = { readonly subscriptionId: string | undefined } | { readonly error: string }

const SUBSCRIPTION = 'CONSUMER_SUBSCRIPTION_ID'
/** The broker sets it itself. */
const INTERNAL = 'DEBUG_PUBLISHER_TOPIC_ID'
const UUID = /^[\da-f]{1,8}(-[\da-f]{1,4}){3}-[\da-f]{1,12}$/i

/** Reads the header. Whitespace does not count, nor does the case of a tag's name. */
export function readConsumerTag(header: string | null): ConsumerTag {
  if (header === null) return { subscriptionId: undefined }
  const text = header.replace(/\s/g, '')
  if (text === '') return { error: 'X-CONSUMER-TAG: is empty!' }
  const tags = new Map<string, string>()
  for (const tag of text.split(',')) {
    const parts = tag.split('=')
    const [name = '', value] = parts
    if (parts.length !== 2 || value === undefined) {
      return {
        error: `header tag parameter is imbalanced, expected: 2 but provided ${text.split(',').length}`,
      }
    }
    const error = tagError(name, value, tags)
    if (error !== undefined) return { error }
    tags.set(name.toUpperCase(), value)
  }
  return { subscriptionId: tags.get(SUBSCRIPTION)?.toLowerCase() }
}

function tagError(name: string, value: string, before: ReadonlyMap<string, string>): string | undefined {
  const tag = name.toUpperCase()
  if (tag !== SUBSCRIPTION && tag !== INTERNAL) return `invalid header tag: ${name}`
  if (before.has(tag)) return `duplicate header tag: ${tag}`
  if (tag === INTERNAL) return `header tag unsupported: ${tag.toLowerCase()}`
  return UUID.test(value) ? undefined : `header tag value: ${value} is not an UUID`
}
