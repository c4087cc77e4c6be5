// Makes the checkout ready: installs what the lock file names, when it is not there yet, and builds what changed.
// Every root script runs it first, so that a fresh clone needs no other command. It uses Node alone.

import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')

requireNode([20, 18, 1])
if (!isInstalled()) run('installing dependencies', 'npm', ['ci'])
run('building', process.execPath, [join(root, 'node_modules/@typescript/native/bin/tsc'), '-b'])

function requireNode(minimum) {
  const actual = process.versions.node.split('.').map(Number)
  const difference = actual.map((part, i) => part - minimum[i]).find((part) => part !== 0) ?? 0
  if (difference >= 0) return
  fail(`Rioni needs Node.js ${minimum.join('.')} or newer; this is ${process.versions.node}.`)
}

/** True when node_modules holds the version that the lock file names of every package that must be there. */
function isInstalled() {
  const installedFile = join(root, 'node_modules/.package-lock.json')
  if (!existsSync(installedFile)) return false
  const installed = readLock(installedFile)
  return Object.entries(readLock(join(root, 'package-lock.json'))).every(
    ([path, wanted]) =>
      !path.startsWith('node_modules/') || wanted.optional || installed[path]?.version === wanted.version,
  )
}

function readLock(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages
}

function run(what, command, args) {
  process.stderr.write(`${what} ...\n`)
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2] })
  if (status !== 0) fail(`${what} failed${error ? `: ${error.message}` : ''}.`)
}

function fail(message) {
  process.stderr.write(`${message}\n`)
  process.exit(1)
}
