// Writes the files that are made from others and checked in. `--check` writes nothing and fails when one is stale.
//
// A generator names its file and makes the whole text of it from what the repository holds: same input, same bytes.

import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import openapiTS, { astToString } from 'openapi-typescript'
import ts from 'typescript'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')

const generators = [
  { file: 'packages/protocol/src/openapi.generated.ts', generate: wireTypes },
  { file: 'codegen/src/validators/helper-sources.generated.ts', generate: helperSources },
  { file: 'docs/operations.md', generate: operationsDocument },
]

/**
 * The types of the OpenAPI document. A default is the broker's business, so it makes no property required.
 * The generator also declares empty types for parts that the document lacks; nobody needs those.
 */
async function wireTypes() {
  const source = 'packages/protocol/openapi.yaml'
  const nodes = await openapiTS(pathToFileURL(join(root, source)), {
    immutable: true,
    defaultNonNullable: false,
  })
  const types = nodes.filter(({ name }) => ['paths', 'components', 'operations'].includes(name?.text))
  return `// Generated from ${source} by \`npm run generate\`. Do not edit.\n\n${astToString(types)}`
}

/**
 * The table of operations as a page. It comes from the built packages, so build before. Which operations the reference
 * broker answers, it is asked itself.
 */
async function operationsDocument() {
  const { operations } = await import('@rioni/protocol')
  const { createBroker } = await import('@rioni/broker')
  const broker = createBroker()
  const rows = []
  for (const [id, operation] of Object.entries(operations)) {
    const { method, path, answers, problems } = operation
    const isAnswered = await answersOperation(broker, operation)
    rows.push([
      `\`${id}\``,
      `\`${method} ${path}\``,
      isAnswered ? 'yes' : 'no',
      answers.join(' '),
      problems.join(' '),
    ])
  }
  await broker.close()
  return [
    '<!-- Generated from packages/protocol/src/operations.ts and packages/broker by `npm run generate`. Do not edit. -->',
    '',
    '# Operations',
    '',
    'Every operation of the Nakadi HTTP API that Rioni knows, by its id.',
    'The same id names it in [openapi.yaml](../packages/protocol/openapi.yaml), where it is described in full.',
    '*Answers* are the statuses whose body is the operation’s own; *problems* are those whose body is `application/problem+json`.',
    'A status in both columns is told by its content type.',
    'The [reference broker](../packages/broker/README.md) answers the operations that have a *yes*.',
    'The others are unknown to it: it answers 405 where it knows another operation of the path, and else 404.',
    '',
    ...table(['operation', 'request', 'reference broker', 'answers', 'problems'], rows),
    '',
  ].join('\n')
}

/** The modules whose functions generated validators carry with them: formats as the broker checks them, and the like. */
const HELPER_MODULES = [
  'packages/event-types/src/currency.ts',
  'packages/event-types/src/date-time.ts',
  'packages/event-types/src/internet-formats.ts',
  'packages/event-types/src/ip-address.ts',
  'packages/event-types/src/json-value.ts',
  'packages/event-types/src/multiple-of.ts',
  'codegen/src/validators/value-helpers.ts',
]

/** The text of those modules as plain JavaScript without imports and exports, by file name. */
async function helperSources() {
  const entries = []
  for (const path of HELPER_MODULES) {
    const text = await readFile(join(root, path), 'utf8')
    const compilerOptions = { target: 'es2022', module: 'esnext', removeComments: true }
    const { outputText } = ts.transpileModule(text, { compilerOptions })
    const body = outputText
      .replace(/^import .*;\n/gm, '')
      .replace(/^export /gm, '')
      .trim()
    entries.push(`  '${path.replace(/^.*\/|\.ts$/g, '')}':\n    ${JSON.stringify(body)},`)
  }
  return [
    '// Generated from the sources of these modules by `npm run generate`. Do not edit.',
    '',
    '/** The text of helpers of generated validators, by the name of the module that they come from. */',
    'export const HELPER_SOURCES = {',
    ...entries,
    '} as const',
    '',
  ].join('\n')
}

/** Whether a broker has an operation. Nothing that the operation is about exists in it, but that is told apart. */
async function answersOperation(broker, { method, path }) {
  const target = path.replace(/\{\w+\}/g, 'any')
  const response = await broker.fetch(new Request(`http://broker${target}`, { method }))
  const body = await response.text()
  const isUnknown = response.status === 404 && body.includes(`There is no resource at ${target}`)
  return response.status !== 405 && !isUnknown
}

/** The lines of a Markdown table whose columns are aligned, to be read as text too. */
function table(head, rows) {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column].length)))
  const line = (cells) => `| ${cells.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)]
}

async function textOf(path) {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (error.code === 'ENOENT') return undefined
    throw error
  }
}

async function main(check) {
  const stale = []
  for (const { file, generate } of generators) {
    const path = join(root, file)
    const text = await generate()
    if (text === (await textOf(path))) continue
    stale.push(file)
    if (check) continue
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, text)
    console.log(`wrote ${file}`)
  }
  if (!check || stale.length === 0) return
  console.error(
    `These files are not what their sources make of them:\n${stale.map((file) => `  ${file}`).join('\n')}`,
  )
  console.error('Run `npm run generate` and commit the result.')
  process.exitCode = 1
}

await main(process.argv.includes('--check'))
