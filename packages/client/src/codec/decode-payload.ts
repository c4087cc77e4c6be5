// From what JSON can say to what the types of a payload say, as its codec directs.

import { NakadiError } from '../error.ts'
import { parseText } from './parse-text.ts'
import type { CodecPart, CodecReference, PayloadCodec, TextType } from './payload-codec.ts'

/**
 * Decodes a payload. What was given stays as it is.
 *
 * @param payload - as `parseExactJson` reads it: a bigint where the codec names none becomes a number
 * @throws NakadiError with code `protocol` when a text has not the form of its format; `invalid-argument` without the
 * `Temporal` that the codec asks for
 */
export function decodePayload(payload: unknown, codec: PayloadCodec): unknown {
  return decode(payload, codec[0], { codec, path: [], isLenient: false })
}

interface Place {
  readonly codec: PayloadCodec
  readonly path: readonly string[]
  readonly isLenient: boolean
}

function decode(value: unknown, reference: CodecReference | null | undefined, place: Place): unknown {
  const part = (typeof reference === 'number' ? place.codec[reference] : reference) ?? NOTHING
  const inside = part.lenient === true ? { ...place, isLenient: true } : place
  switch (typeof value) {
    case 'string':
      return part.text === undefined ? value : decodeText(value, part.text, inside)
    case 'bigint':
      return part.integer === undefined ? Number(value) : value
    case 'number':
      return part.integer !== undefined && Number.isInteger(value) ? BigInt(value) : value
    case 'object':
      return value === null ? null : decodeStructure(value, part, inside)
    default:
      return value
  }
}

const NOTHING: CodecPart = {}

function decodeStructure(value: object, part: CodecPart, place: Place): unknown {
  if (Array.isArray(value)) {
    return value.map((item, index) => {
      const { first = [], items } = part
      return decode(item, index < first.length ? first[index] : items, below(place, String(index)))
    })
  }
  const { members = {}, others } = part
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      decode(member, Object.hasOwn(members, name) ? members[name] : others, below(place, name)),
    ]),
  )
}

function below(place: Place, name: string): Place {
  return { ...place, path: [...place.path, name] }
}

function decodeText(text: string, type: TextType, { path, isLenient }: Place): unknown {
  const decoded = parseText(text, type)
  if (decoded !== undefined) return decoded
  if (isLenient) return text
  throw new NakadiError({
    code: 'protocol',
    outcome: 'unknown',
    message: `An event has ${JSON.stringify(text.slice(0, 100))} at ${JSON.stringify(path.join('.'))}, which is no ${type}. Read such events from \`raw\`, or generate without the mapping of this format.`,
  })
}
