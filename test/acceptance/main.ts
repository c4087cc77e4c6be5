// npm run acceptance -- DIR...                 tries the generator on every JSON Schema in the folders
// npm run acceptance -- DIR... --json FILE     also writes everything that was found
// npm run acceptance -- DIR... --limit 30      gives each schema 30 seconds
// npm run acceptance -- DIR... --all-compilers compiles with TypeScript 5.9 and 6, too

import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { printResults } from './print-results.ts'
import { type FolderResult, tryFolder } from './try-folder.ts'

const { values, positionals } = parseArgs({
  options: {
    json: { type: 'string' },
    limit: { type: 'string', default: '60' },
    'all-compilers': { type: 'boolean', default: false },
  },
  allowPositionals: true,
})
const limitMs = Number(values.limit) * 1000
if (positionals.length === 0 || !(limitMs > 0)) {
  console.error(
    'Which folders? npm run acceptance -- DIR... [--json FILE] [--limit SECONDS] [--all-compilers]',
  )
  process.exit(2)
}

const results: FolderResult[] = []
const options = { limitMs, withAllCompilers: values['all-compilers'] }
for (const folder of positionals) results.push(await tryFolder(folder, options))
console.log(printResults(results))
if (values.json) writeFileSync(values.json, `${JSON.stringify(results, null, 2)}\n`)
const isWrong = results.some(({ findings }) =>
  findings.some(({ kind }) => kind === 'defect' || kind === 'does not compile'),
)
process.exitCode = isWrong ? 1 : 0
