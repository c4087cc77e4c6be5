// The keywords that hold members of an object against schemas by themselves, in one line each. In ajv's own code every property
// stands inside of the one before, and the schema comes along as a value where there are many names.

import { _, type Ajv, type Code, type KeywordCxt, Name, stringify } from 'ajv'
import type { RoutineName } from './helpers.ts'
import { REFERENCE } from './standalone-schema.ts'

/** Says that a helper is called, and gives its name. */
export type UseRoutine = (name: RoutineName) => Name

/** What stands for a schema inside of another. */
type Inner = Readonly<Record<typeof REFERENCE, number>> | boolean

/** Adds the keyword for references, and puts those that lead to members in the place of ajv's. */
export function addPartKeywords(ajv: Ajv, helper: UseRoutine): void {
  ajv.addKeyword({ keyword: REFERENCE, schemaType: 'number', code: (cxt) => callPart(cxt, helper) })
  const replace = (keyword: string, code: (cxt: KeywordCxt, helper: UseRoutine) => void): void => {
    ajv.removeKeyword(keyword)
    ajv.addKeyword({ keyword, type: 'object', code: (cxt) => code(cxt, helper) })
  }
  replace('properties', checkProperties)
  replace('additionalProperties', checkOthers)
  replace('propertyNames', checkNames)
  replace('dependencies', checkDependencies)
}

/** Calls the function of another part, which begins its paths anew. */
function callPart(cxt: KeywordCxt, helper: UseRoutine): void {
  const part = partName(cxt.schema)
  cxt.pass(_`${part}(${cxt.data})`, () => {
    addErrors(cxt, _`${helper('placed')}(${part}.errors, ${cxt.it.errorPath})`)
  })
}

/** None of the lines does anything after the first property that does not follow its schema. */
function checkProperties(cxt: KeywordCxt, helper: UseRoutine): void {
  const { gen, data } = cxt
  const found = gen.let('found')
  const schemas: Readonly<Record<string, Inner>> = cxt.schema
  for (const [name, schema] of Object.entries(schemas)) {
    if (typeof schema === 'boolean') continue
    const check = partName(schema[REFERENCE])
    gen.assign(found, _`${found} ?? ${helper('memberErrors')}(${data}, ${name}, ${check})`)
  }
  passWithout(cxt, found)
}

/** Members that are neither listed nor of a listed pattern. */
function checkOthers(cxt: KeywordCxt, helper: UseRoutine): void {
  const { gen, data, parentSchema } = cxt
  const schema: Inner = cxt.schema
  if (schema === true) return
  const names = Object.keys(parentSchema['properties'] ?? {})
  const patterns = Object.keys(parentSchema['patternProperties'] ?? {})
  const regExps = _`${stringify(patterns)}.map((pattern) => new RegExp(pattern, "u"))`
  const code = _`{ names: new Set(${stringify(names)}), patterns: ${patterns.length === 0 ? _`[]` : regExps} }`
  const listed = gen.scopeValue('schema', { ref: code, code })
  const found = gen.let('found', _`${helper('otherErrors')}(${data}, ${listed}, ${checkOf(schema)})`)
  passWithout(cxt, found)
}

/** ajv's own code passes over the keywords that come after this one when an object is empty. */
function checkNames(cxt: KeywordCxt, helper: UseRoutine): void {
  const schema: Inner = cxt.schema
  if (schema === true) return
  const found = cxt.gen.let('found', _`${helper('nameErrors')}(${cxt.data}, ${checkOf(schema)})`)
  passWithout(cxt, found)
}

/** What is needed beside each of some members. ajv's own code overlooks a member that is called `__proto__`. */
function checkDependencies(cxt: KeywordCxt, helper: UseRoutine): void {
  const { gen, data } = cxt
  const found = gen.let('found')
  const dependencies: Readonly<Record<string, Inner | readonly string[]>> = cxt.schema
  for (const [name, needed] of Object.entries(dependencies)) {
    if (needed === true) continue
    const check = isList(needed) ? stringify(needed) : checkOf(needed)
    gen.assign(found, _`${found} ?? ${helper('dependencyErrors')}(${data}, ${name}, ${check})`)
  }
  passWithout(cxt, found)
}

function isList(value: Inner | readonly string[]): value is readonly string[] {
  return Array.isArray(value)
}

/** The function that checks against a schema; false where nothing follows it. */
function checkOf(schema: Exclude<Inner, true>): Code {
  return schema === false ? _`false` : partName(schema[REFERENCE])
}

/** The keyword holds when nothing was found. */
function passWithout(cxt: KeywordCxt, found: Name): void {
  cxt.pass(_`${found} === undefined`, () => addErrors(cxt, found))
}

function partName(index: number): Name {
  return new Name(`otherPart${index}`)
}

/** Adds errors to those that the function has found before, as ajv does. */
function addErrors({ gen }: KeywordCxt, found: Code): void {
  gen.assign(ERRORS, _`${ERRORS} === null ? ${found} : ${ERRORS}.concat(${found})`)
  gen.assign(ERROR_COUNT, _`${ERRORS}.length`)
}

/** What functions of ajv call the errors that they have found, and their number. */
const ERRORS = new Name('vErrors')
const ERROR_COUNT = new Name('errors')
