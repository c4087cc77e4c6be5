// The keywords that hold members of an object, or the whole of a value, against schemas by themselves, in one line each. In
// ajv's own code every property and every alternative stands inside of the one before, and the schema comes along as a value
// where there are many names.

import { _, type Ajv, type Code, type KeywordCxt, Name, nil, stringify } from 'ajv'
import type { RoutineName } from './helpers.ts'
import { REFERENCE } from './standalone-schema.ts'

/** Says that a helper is called, and gives its name. */
export type UseRoutine = (name: RoutineName) => Name

/** What stands for a schema inside of another. */
type Inner = Readonly<Record<typeof REFERENCE, number>> | boolean

/** Adds the keyword for references, and puts those that lead to members in the place of ajv's. */
export function addPartKeywords(ajv: Ajv, helper: UseRoutine): void {
  ajv.addKeyword({ keyword: REFERENCE, schemaType: 'number', code: (cxt) => callPart(cxt, helper) })
  const replace = (
    keyword: string,
    code: (cxt: KeywordCxt, helper: UseRoutine) => void,
    type?: 'object',
  ): void => {
    ajv.removeKeyword(keyword)
    ajv.addKeyword({ keyword, ...(type === undefined ? {} : { type }), code: (cxt) => code(cxt, helper) })
  }
  replace('properties', checkProperties, 'object')
  replace('additionalProperties', checkOthers, 'object')
  replace('propertyNames', checkNames, 'object')
  replace('required', checkRequired, 'object')
  replace('dependencies', checkDependencies, 'object')
  replace('allOf', checkAll)
  replace('anyOf', checkAny)
  replace('oneOf', checkOne)
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

/** ajv's own code overlooks the empty name. */
function checkRequired(cxt: KeywordCxt, helper: UseRoutine): void {
  const { gen, data, schema } = cxt
  passWithout(cxt, gen.let('found', _`${helper('missingErrors')}(${data}, ${stringify(schema)})`))
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

function checkAll(cxt: KeywordCxt, helper: UseRoutine): void {
  const schemas: readonly Inner[] = cxt.schema
  passWithout(cxt, cxt.gen.let('found', _`${helper('unmetErrors')}(${cxt.data}, ${checksOf(schemas)})`))
}

/** ajv's own code of alternatives stands inside of the one before, which ends where there are thousands. */
function checkAny(cxt: KeywordCxt, helper: UseRoutine): void {
  const schemas: readonly Inner[] = cxt.schema
  if (schemas.includes(true)) return
  const checks = checksOf(schemas.filter((schema) => schema !== false))
  passWithout(cxt, cxt.gen.let('found', _`${helper('anyErrors')}(${cxt.data}, ${checks})`))
}

function checkOne(cxt: KeywordCxt, helper: UseRoutine): void {
  const schemas: readonly Inner[] = cxt.schema
  const known = schemas.filter((schema) => schema === true).length
  const checks = checksOf(schemas.filter((schema) => schema !== false))
  passWithout(cxt, cxt.gen.let('found', _`${helper('oneErrors')}(${cxt.data}, ${checks}, ${known})`))
}

/** The functions that check against schemas, as a list; those that permit everything are left out. */
function checksOf(schemas: readonly Inner[]): Code {
  const checks = schemas.flatMap((schema) => (schema === true ? [] : [checkOf(schema)]))
  return _`[${checks.reduce((list, check, index) => (index === 0 ? check : _`${list}, ${check}`), nil)}]`
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
