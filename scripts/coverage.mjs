// Writes docs/coverage.md: which specification of the contract suite provokes which status of which operation.
// It runs the suite, on the simplest transport, so it takes a while; a test looks whether the page is complete.

import { spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { operations } from '@rioni/protocol'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const page = 'docs/coverage.md'

/** Runs the contract suite and reads its notes: one JSON object per line. */
async function seenAnswers() {
  const folder = await mkdtemp(join(tmpdir(), 'rioni-coverage-'))
  const file = join(folder, 'seen.jsonl')
  const vitest = [
    join(root, 'node_modules/vitest/vitest.mjs'),
    'run',
    'test/contract',
    '-t',
    '\\(direct, memory\\)',
  ]
  const env = { ...process.env, RIONI_COVERAGE: file }
  const { status } = spawnSync(process.execPath, vitest, { cwd: root, env, stdio: ['ignore', 2, 2] })
  if (status !== 0) throw new Error('The contract suite has failed.')
  const lines = (await readFile(file, 'utf8')).trimEnd().split('\n')
  await rm(folder, { recursive: true })
  return lines.map((line) => JSON.parse(line))
}

/** One specification for each answer: the first by file and title, so that the same suite gives the same page. */
function firstOfEach(seen) {
  const first = new Map()
  const byPlace = seen.toSorted((a, b) => compare(a.spec, b.spec) || compare(a.title, b.title))
  for (const answer of byPlace) {
    const key = `${answer.operation} ${answer.status}`
    if (!first.has(key)) first.set(key, answer)
  }
  return first
}

function compare(a, b) {
  return a < b ? -1 : a > b ? 1 : 0
}

function rowsOf(first) {
  return Object.entries(operations).flatMap(([id, { answers, problems }]) => {
    const statuses = [...new Set([...answers, ...problems])].toSorted((a, b) => a - b)
    return statuses.map((status) => {
      const seen = first.get(`${id} ${status}`)
      const { spec = '', title = '' } = seen ?? {}
      return [`\`${id}\``, String(status), spec.replace('test/contract/', ''), title]
    })
  })
}

const rows = rowsOf(firstOfEach(await seenAnswers()))
const lines = [
  '<!-- Generated from the contract suite by `npm run coverage`. Do not edit. -->',
  '',
  '# What the contract suite provokes',
  '',
  'Every status that an operation declares in [openapi.yaml](../packages/protocol/openapi.yaml), and one specification of',
  '`test/contract` in which the reference broker answers it.',
  '',
  '| operation | status | file | specification |',
  '| --- | --- | --- | --- |',
  ...rows.map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`),
  '',
]
await writeFile(join(root, page), lines.join('\n'))
const missing = rows.filter(([, , spec]) => spec === '')
for (const [operation, status] of missing) console.error(`never provoked: ${operation} ${status}`)
console.log(`wrote ${page}: ${rows.length - missing.length} of ${rows.length} answers`)
if (missing.length > 0) process.exitCode = 1
