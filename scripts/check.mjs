// Everything that must hold beside the tests, one step after the other; stops at the first that fails.
// `npm run check -- lint knip` runs only the named steps.

import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const bin = (name) => join(root, 'node_modules/.bin', name)
const packages = [...readdirSync(join(root, 'packages')).map((name) => `packages/${name}`), 'codegen']

/** Files that packages export and that are no modules, so they have no types. */
const NO_CODE = ['--exclude-entrypoints', './openapi.yaml']

const steps = [
  { name: 'types', command: [bin('tsc'), '-b'] },
  { name: 'lint', command: [bin('biome'), 'ci', '--error-on-warnings', '--colors=off', '.'] },
  { name: 'generated', command: [process.execPath, 'scripts/generate.mjs', '--check'] },
  { name: 'knip', command: [bin('knip')] },
  ...packages.map((path) => ({ name: `publint ${path}`, command: [bin('publint'), path, '--strict'] })),
  ...packages.map((path) => ({
    name: `attw ${path}`,
    command: [
      bin('attw'),
      '--pack',
      path,
      '--profile',
      'node16',
      '--ignore-rules',
      'cjs-resolves-to-esm',
      ...NO_CODE,
    ],
  })),
]

const wanted = process.argv.slice(2)
const chosen = steps.filter(
  ({ name }) => wanted.length === 0 || wanted.some((w) => name === w || name.startsWith(`${w} `)),
)
if (chosen.length === 0) {
  console.error(`No step is called ${wanted.join(', ')}. Steps: ${steps.map(({ name }) => name).join(', ')}`)
  process.exit(2)
}

chosen.forEach(({ name, command: [program, ...args] }, index) => {
  const startedAt = Date.now()
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd: root, encoding: 'utf8' })
  if (status !== 0) {
    console.error(`${stdout}${stderr}${error?.message ?? ''}\nfailed: ${name}`)
    console.log(`${index} passed, 1 failed`)
    process.exit(1)
  }
  console.log(`ok ${name} (${((Date.now() - startedAt) / 1000).toFixed(1)} s)`)
})
console.log(`${chosen.length} passed, 0 failed`)
