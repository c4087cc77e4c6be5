import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { ts } from 'ts-morph'
import { describe, expect, it } from 'vitest'
import type { EventTypeDefinition } from './definitions/event-type-definition.ts'
import type { GeneratedFile } from './event-task.ts'
import { generate } from './generate.ts'
import { formatLockFile } from './lock/lock-file.ts'

/** Strings that would do harm if they became code, and names that trip code that treats objects as maps. */
const hostileText = fc.oneof(
  fc.constantFrom(
    '*/ ran() /*',
    '`$'.concat('{ran()}`'),
    "'; ran(); '",
    '"',
    '"quoted',
    '\\',
    '\\backslash',
    '\n',
    '\u2028',
    '\u202e',
    '\ud800',
    '@ts-ignore',
    '__proto__',
    'constructor',
    'hasOwnProperty',
    'toString',
    '$ref',
    'properties',
    'foo-bar',
    'fooBar',
    'D0',
    'P1',
    '',
  ),
  fc.string({ maxLength: 6 }),
)

/**
 * False for the keys that `JSON.parse` of Node 24 mixes up: a single character that is written with an escape. Having
 * read `{"\\":1}` it takes the key of `{"\"":1}` for a backslash.
 */
function isReadAlike(key: string): boolean {
  return key.length !== 1 || JSON.stringify(key).length === 3
}

const types = fc.constantFrom('string', 'number', 'integer', 'boolean', 'null', 'object', 'array', 'any')

/** Schemas that anybody might register: every keyword, most of them senseless, all texts hostile. */
const hostileSchema: fc.Arbitrary<unknown> = fc.letrec((tie) => {
  const schema = tie('schema')
  const list = fc.array(schema, { maxLength: 3 })
  const map = fc.dictionary(hostileText.filter(isReadAlike), schema, { maxKeys: 3 })
  const value = fc.oneof(hostileText, fc.jsonValue({ maxDepth: 2 }))
  const bound = fc.integer({ min: -1, max: 12 })
  const node = fc.record(
    {
      type: fc.oneof(types, fc.array(types, { maxLength: 3 }), hostileText),
      title: hostileText,
      description: hostileText,
      $id: hostileText,
      tsType: hostileText,
      tsEnumNames: fc.array(hostileText),
      deprecated: value,
      default: value,
      format: hostileText,
      pattern: hostileText,
      enum: fc.array(value, { maxLength: 3 }),
      const: value,
      properties: map,
      patternProperties: map,
      additionalProperties: schema,
      required: fc.array(hostileText, { maxLength: 3 }),
      items: fc.oneof(schema, list),
      prefixItems: list,
      minItems: bound,
      maxItems: bound,
      allOf: list,
      anyOf: list,
      oneOf: list,
      not: schema,
      nullable: fc.boolean(),
      extends: value,
      $ref: fc.constantFrom('#', '#/definitions/a', '#/definitions/*~1'),
    },
    { requiredKeys: [] },
  )
  return { schema: fc.oneof({ maxDepth: 4, depthSize: 'small' }, fc.boolean(), node) }
})['schema']

function define(schema: unknown): EventTypeDefinition {
  const definitions = {
    a: { properties: { x: { $ref: '#' } } },
    '*/': { type: 'array', items: { $ref: '#' } },
  }
  const text = JSON.stringify({ ...(typeof schema === 'object' ? schema : {}), definitions })
  return {
    eventType: {
      name: 'order.placed',
      owning_application: 'shop',
      category: 'business',
      schema: { type: 'json_schema', schema: text },
    },
  }
}

describe('a hostile schema', () => {
  it('becomes declarations and nothing that runs', async () => {
    await fc.assert(
      fc.asyncProperty(hostileSchema, async (schema) => {
        const { files } = await generate([define(schema)])
        expect(files.filter(isModuleOfTypes).flatMap(foreignSyntax)).toEqual([])
        for (const file of files) if (!isModuleOfTypes(file)) expect(runsByItself(file)).toBe(false)
      }),
      { numRuns: 100 },
    )
  })

  it('is generated, or is a diagnostic that blames the schema and not the generator', async () => {
    await fc.assert(
      fc.asyncProperty(hostileSchema, async (schema) => {
        const { files, diagnostics } = await generate([define(schema)])
        const isRefused = diagnostics.some(({ severity }) => severity === 'error')
        expect(files.filter(isModuleOfTypes)).toHaveLength(isRefused ? 0 : 2)
        expect(diagnostics.filter(({ remedy }) => remedy?.includes('defect of the generator'))).toEqual([])
      }),
      { numRuns: 100 },
    )
  })
})

describe('the same event types', () => {
  it('give the same bytes, whatever the order of their keys and of themselves', async () => {
    const good = { eventType: { ...define({}).eventType, name: 'good.one' } }
    await fc.assert(
      fc.asyncProperty(hostileSchema, async (schema) => {
        const straight = await generate([define(schema), good])
        const reversed = await generate([good, define(reverseKeys(schema))])
        expect(reversed.files).toEqual(straight.files)
        expect(formatLockFile(reversed.lock)).toBe(formatLockFile(straight.lock))
      }),
      { numRuns: 50 },
    )
  })
})

function reverseKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reverseKeys)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, reverseKeys(member)]),
  )
}

function isModuleOfTypes({ path }: GeneratedFile): boolean {
  return !/validator|examples/.test(path)
}

/** Whether loading a module calls `ran`, as the hostile texts do where they become code. */
function runsByItself({ path, content }: GeneratedFile): boolean {
  const { outputText } = ts.transpileModule(content, {
    fileName: path,
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS },
  })
  let hasRun = false
  const modules = new Proxy({}, { get: () => Object })
  runInNewContext(outputText, { exports: {}, require: () => modules, ran: () => (hasRun = true) })
  return hasRun
}

/** What a file contains beside imports, exports, types, constants and classes that hand everything to their base. */
function foreignSyntax({ path, content }: GeneratedFile): string[] {
  const { diagnostics = [] } = ts.transpileModule(content, {
    fileName: path,
    reportDiagnostics: true,
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
  })
  const file = ts.createSourceFile(path, content, ts.ScriptTarget.ES2022, true)
  const foreign = file.statements.filter((statement) => !isDeclaration(statement))
  return [
    ...diagnostics.map(({ messageText }) => String(messageText)),
    ...foreign.map((statement) => statement.getText(file)),
  ]
}

function isDeclaration(statement: ts.Statement): boolean {
  if (ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement)) return true
  if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) return true
  if (ts.isClassDeclaration(statement)) return isThinClass(statement)
  return (
    ts.isVariableStatement(statement) &&
    statement.declarationList.declarations.every(({ initializer }) => initializer && isConstant(initializer))
  )
}

/** A class with nothing but a constructor that calls the one of its base. */
function isThinClass({ members, heritageClauses }: ts.ClassDeclaration): boolean {
  const [member] = members
  const bases = heritageClauses?.flatMap((clause) => [...clause.types]) ?? []
  return (
    members.length === 1 &&
    member !== undefined &&
    ts.isConstructorDeclaration(member) &&
    bases.every(({ expression }) => ts.isIdentifier(expression)) &&
    /^\{\s*super\(client, [\w[\]().]+, options\)\s*\}$/.test(member.body?.getText() ?? '')
  )
}

function isConstant(expression: ts.Expression): boolean {
  if (ts.isAsExpression(expression)) return isConstant(expression.expression)
  if (ts.isStringLiteral(expression) || ts.isIdentifier(expression)) return true
  return (
    ts.isObjectLiteralExpression(expression) &&
    expression.properties.every(
      (property) => ts.isPropertyAssignment(property) && isConstant(property.initializer),
    )
  )
}
