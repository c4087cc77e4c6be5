import type { AvroField, AvroType } from './avro-type.ts'
import { canonicalText } from './json-value.ts'

/**
 * The schema in Parsing Canonical Form, section "Transforming into Parsing Canonical Form" of the Avro
 * specification: full names, a fixed order, nothing that does not matter for reading data. Fingerprints are
 * computed from it.
 */
export function avroCanonicalForm(type: AvroType): string {
  return write(type, { seen: new Set(), detail: () => '' })
}

/**
 * A text that two schemas share if they differ in nothing but layout, documentation and aliases. Defaults
 * and attributes such as `logicalType` count, which is what sets it apart from the canonical form.
 */
export function avroSchemaIdentity(type: AvroType): string {
  return write(type, {
    seen: new Set(),
    detail: (part) => {
      const entries = Object.entries({
        ...part.attributes,
        ...('default' in part ? { default: part.default } : {}),
      })
      return entries.length === 0 ? '' : `,"with":${canonicalText(Object.fromEntries(entries))}`
    },
  })
}

interface Writing {
  /** The named types that have been written; from then on their name is enough. */
  readonly seen: Set<string>
  /** What is written besides the canonical form. */
  readonly detail: (part: AvroType | AvroField) => string
}

function write(type: AvroType, writing: Writing): string {
  const detail = writing.detail(type)
  switch (type.kind) {
    case 'array':
      return `{"type":"array","items":${write(type.items, writing)}${detail}}`
    case 'map':
      return `{"type":"map","values":${write(type.values, writing)}${detail}}`
    case 'union':
      return `[${type.branches.map((branch) => write(branch, writing)).join(',')}]`
    case 'record':
    case 'enum':
    case 'fixed':
      if (writing.seen.has(type.name)) return JSON.stringify(type.name)
      writing.seen.add(type.name)
      return `{"name":${JSON.stringify(type.name)},"type":"${type.kind}",${writeBody(type, writing)}${detail}}`
    default:
      return detail === '' ? `"${type.kind}"` : `{"type":"${type.kind}"${detail}}`
  }
}

function writeBody(type: AvroType, writing: Writing): string {
  switch (type.kind) {
    case 'record':
      return `"fields":[${type.fields.map((field) => writeField(field, writing)).join(',')}]`
    case 'enum':
      return `"symbols":${JSON.stringify(type.symbols)}`
    case 'fixed':
      return `"size":${type.size}`
    default:
      return ''
  }
}

function writeField(field: AvroField, writing: Writing): string {
  const type = write(field.type, writing)
  return `{"name":${JSON.stringify(field.name)},"type":${type}${writing.detail(field)}}`
}
