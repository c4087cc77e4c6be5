// What two versions of a schema say about the properties of an object.

import { isNode, listedStrings, type SchemaNode } from '../schema/json-schema.ts'
import type { Comparison, SchemaVersions } from './comparison.ts'
import {
  below,
  differenceAt,
  type Place,
  propertyBelow,
  quoted,
  type SchemaDifference,
} from './schema-difference.ts'

/** Compares properties, which of them are required, and what may stand beside them. */
export function compareObjects(versions: SchemaVersions, comparison: Comparison): SchemaDifference[] {
  const { before, after, place } = versions
  const [old, now] = [propertiesOf(before), propertiesOf(after)]
  return [
    ...Object.keys(old)
      .filter((name) => !Object.hasOwn(now, name))
      .map((name) => removedProperty(name, versions, comparison)),
    ...Object.entries(now).flatMap(([name, schema]) =>
      Object.hasOwn(old, name)
        ? comparison.compare(
            old[name],
            schema,
            below(place, ['properties', name], propertyBelow(place, name)),
          )
        : [addedProperty(name, versions)],
    ),
    ...compareRequired(versions, new Set([...Object.keys(old)].filter((name) => Object.hasOwn(now, name)))),
    ...compareOthers(versions, comparison),
  ]
}

function propertiesOf(schema: SchemaNode): SchemaNode {
  const properties = schema['properties']
  return isNode(properties) ? properties : {}
}

function requiredIn(schema: SchemaNode): ReadonlySet<string> {
  return new Set(listedStrings(schema, 'required'))
}

/** A new property harms nobody who ignores what they do not know, unless producers must supply it. */
function addedProperty(name: string, { after, place }: SchemaVersions): SchemaDifference {
  const isRequired = requiredIn(after).has(name)
  const what = quoted(propertyBelow(place, name))
  return differenceAt(below(place, ['properties', name]), {
    kind: isRequired ? 'required-property-added' : 'property-added',
    text: `adds ${isRequired ? 'required' : 'optional'} ${what}`,
    effect: isRequired ? 'narrows' : 'none',
    alsoAt: isRequired ? [[...place.walked, 'required']] : [],
  })
}

/** Consumers wait for it in vain. Producers that still send it are refused where nothing unknown is permitted. */
function removedProperty(
  name: string,
  { before, after, place }: SchemaVersions,
  { isClosed }: Comparison,
): SchemaDifference {
  const isRefused = isClosed || after['additionalProperties'] === false
  return differenceAt(below(place, ['properties', name]), {
    kind: 'property-removed',
    text: `removes ${quoted(propertyBelow(place, name))}`,
    effect: isRefused ? 'changes' : 'widens',
    isGone: true,
    alsoAt: requiredIn(before).has(name) ? [[...place.walked, 'required']] : [],
  })
}

/** Of properties that both versions have, and of names that are required without being described. */
function compareRequired(
  { before, after, place }: SchemaVersions,
  inBoth: ReadonlySet<string>,
): SchemaDifference[] {
  const [old, now] = [requiredIn(before), requiredIn(after)]
  const described = { ...propertiesOf(before), ...propertiesOf(after) }
  const isOfInterest = (name: string) => inBoth.has(name) || !Object.hasOwn(described, name)
  const at = below(place, ['required'])
  const tell = (name: string, word: 'required' | 'optional') =>
    differenceAt(at, {
      kind: `property-${word}`,
      text: `makes ${quoted(propertyBelow(place, name))} ${word}`,
      effect: word === 'required' ? 'narrows' : 'widens',
    })
  return [
    ...[...now].filter((name) => !old.has(name) && isOfInterest(name)).map((name) => tell(name, 'required')),
    ...[...old].filter((name) => !now.has(name) && isOfInterest(name)).map((name) => tell(name, 'optional')),
  ]
}

/**
 * Properties that have no name in the schema. In mode `compatible` there are none, whatever the schema says; that the
 * mode has changed is told once, for the event type.
 */
function compareOthers({ before, after, place }: SchemaVersions, comparison: Comparison): SchemaDifference[] {
  if (comparison.isClosed) return []
  const [old, now] = [othersOf(before), othersOf(after)]
  const at = below(place, ['additionalProperties'], `${place.property}{}`)
  if (isNode(old) && isNode(now)) return comparison.compare(old, now, at)
  if (old === now) return []
  const kind = 'other-properties-changed'
  const of = quoted(place.property)
  if (now === false)
    return [tellOthers(at, { kind, text: `forbids unknown properties of ${of}`, effect: 'narrows' })]
  if (old === false)
    return [tellOthers(at, { kind, text: `permits unknown properties of ${of}`, effect: 'none' })]
  return isNode(now)
    ? [tellOthers(at, { kind, text: `limits the values of unknown properties of ${of}`, effect: 'narrows' })]
    : [tellOthers(at, { kind, text: `permits any value of unknown properties of ${of}`, effect: 'widens' })]
}

function tellOthers(
  at: Place,
  finding: Pick<SchemaDifference, 'kind' | 'text' | 'effect'>,
): SchemaDifference {
  return differenceAt(at, finding)
}

/** `false`, a schema with keywords, or `true` for everything that permits everything. */
function othersOf(schema: SchemaNode): boolean | SchemaNode {
  const others = schema['additionalProperties']
  if (others === false) return false
  return isNode(others) && Object.keys(others).length > 0 ? others : true
}
