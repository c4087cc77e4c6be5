import { ALWAYS, type Compiling, NEVER, type SchemaCheck } from './compiling.ts'
import type { JsonObject } from './json-value.ts'
import type { LoadedSchema, SchemaNode } from './loaded-schema.ts'
import type { Pattern } from './patterns.ts'

type ObjectCheck = SchemaCheck<JsonObject>

/** Compiles the keywords for objects. */
export function compileObject(schema: SchemaNode, compiling: Compiling): ObjectCheck[] {
  const { required, minProperties, maxProperties } = schema
  return [
    ...(required === undefined ? [] : [requires(required)]),
    ...(minProperties === undefined ? [] : [(value: JsonObject) => sizeOf(value) >= minProperties]),
    ...(maxProperties === undefined ? [] : [(value: JsonObject) => sizeOf(value) <= maxProperties]),
    ...compileMembers(schema, compiling),
    ...compileNames(schema, compiling),
    ...Object.entries(schema.dependencies ?? {}).map(([name, needed]) => {
      const check = isListOfNames(needed) ? requires(needed) : compiling.compile(needed)
      return (value: JsonObject) => !Object.hasOwn(value, name) || check(value)
    }),
  ]
}

/** What objects inherit does not count: `{}` has no property `constructor`. */
function requires(names: readonly string[]): ObjectCheck {
  return (value) => {
    for (const name of names) if (!Object.hasOwn(value, name)) return false
    return true
  }
}

function sizeOf(value: JsonObject): number {
  return Object.keys(value).length
}

function compileMembers(schema: SchemaNode, compiling: Compiling): ObjectCheck[] {
  const { properties = {}, patternProperties = {}, additionalProperties = true } = schema
  const listed = new Map(Object.entries(properties).map(([name, each]) => [name, compiling.compile(each)]))
  const patterns = Object.entries(patternProperties).map(([pattern, each]) => ({
    pattern: compiling.pattern(pattern),
    check: compiling.compile(each),
  }))
  const additional = compiling.compile(additionalProperties)
  if (patterns.length > 0) return [withPatterns({ listed, patterns, additional }, compiling)]
  const checked = [...listed].filter(([, check]) => check !== ALWAYS)
  if (additional !== ALWAYS) return [eachMember(listed, additional)]
  return checked.length === 0 ? [] : [listedMembers(checked)]
}

/** Whatever is not listed is welcome, so only the listed members are looked at. */
function listedMembers(listed: readonly (readonly [string, SchemaCheck])[]): ObjectCheck {
  return (value) => {
    for (const [name, check] of listed) {
      if (Object.hasOwn(value, name) && !check(value[name])) return false
    }
    return true
  }
}

const isOwn = Object.prototype.hasOwnProperty

function eachMember(listed: ReadonlyMap<string, SchemaCheck>, additional: SchemaCheck): ObjectCheck {
  return (value) => {
    // Cheaper than a list of the names, and this is where most events spend most of their time.
    for (const name in value) {
      // The engine knows the answer here, and asks `Object.hasOwn` all the same.
      if (!isOwn.call(value, name)) continue
      const check = listed.get(name) ?? additional
      if (check === NEVER || !check(value[name])) return false
    }
    return true
  }
}

interface Members {
  readonly listed: ReadonlyMap<string, SchemaCheck>
  readonly patterns: readonly { readonly pattern: Pattern | undefined; readonly check: SchemaCheck }[]
  readonly additional: SchemaCheck
}

function withPatterns({ listed, patterns, additional }: Members, { budget }: Compiling): ObjectCheck {
  return (value) =>
    Object.keys(value).every((name) => {
      const checks = patterns
        .filter(({ pattern }) => pattern?.matches(name, budget))
        .map(({ check }) => check)
      const own = listed.get(name) ?? (checks.length === 0 ? additional : ALWAYS)
      return own(value[name]) && checks.every((check) => check(value[name]))
    })
}

function compileNames({ propertyNames }: SchemaNode, { compile }: Compiling): ObjectCheck[] {
  if (propertyNames === undefined) return []
  const check = compile(propertyNames)
  return [(value) => Object.keys(value).every((name) => check(name))]
}

function isListOfNames(needed: LoadedSchema | readonly string[]): needed is readonly string[] {
  return Array.isArray(needed)
}
