import { readFileSync } from 'node:fs'
import { run } from 'rioni'
import { describe, expect, it } from 'vitest'
import { createMemoryEnvironment } from './memory-environment.ts'

async function rioni(...argv: string[]) {
  const { environment, stdout, stderr } = createMemoryEnvironment()
  const exitCode = await run(argv, environment)
  return { exitCode, stdout: stdout(), stderr: stderr() }
}

const commands = ['broker', 'pull', 'lint', 'generate', 'diff', 'check', 'apply', 'publish', 'consume']

describe('asking for help', () => {
  it('lists every command and the exit codes', async () => {
    const { exitCode, stdout, stderr } = await rioni('--help')
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    for (const command of commands) expect(stdout).toMatch(new RegExp(`^  ${command} `, 'm'))
    expect(stdout).toContain('Exit codes: 0 done, 1 failed or rejected, 2 wrong usage, 3 stale,')
    expect(stdout).toContain('4 registry moved, 5 breaking, 6 partly applied, 130 interrupted.')
  })

  it.each(commands)('shows the usage of %s with an example', async (command) => {
    const { exitCode, stdout } = await rioni(command, '--help')
    expect(exitCode).toBe(0)
    expect(stdout).toContain(`Usage: rioni ${command} `)
    expect(stdout).toMatch(new RegExp(`^Examples?:\\n(.*\\n)*  .*rioni ${command}`, 'm'))
  })

  it.each(commands)('tells the same about %s with `rioni help`', async (command) => {
    expect(await rioni('help', command)).toEqual(await rioni(command, '--help'))
  })

  it.each(['', ...commands])(
    'of `rioni %s` stays within 100 columns and has no escape sequences',
    async (command) => {
      const { stdout } = await rioni(...command.split(' ').filter(Boolean), '--help')
      expect(stdout.split('\n').filter((line) => line.length > 100)).toEqual([])
      expect(stdout).not.toContain('\u001b')
    },
  )
})

describe('asking for the help of the broker', () => {
  it('tells what it keeps after it stops', async () => {
    const { stdout } = await rioni('broker', '--help')
    expect(stdout).toContain('Without --data nothing is kept after it stops')
  })
})

describe('asking for the version', () => {
  it('prints the version of the package and nothing else', async () => {
    const manifest = readFileSync(new URL('../../packages/cli/package.json', import.meta.url), 'utf8')
    const { version } = JSON.parse(manifest)
    expect(await rioni('--version')).toEqual({ exitCode: 0, stdout: `${version}\n`, stderr: '' })
  })
})

describe('a command line that is wrong', () => {
  it.each([
    { argv: [], says: 'Usage: rioni', hint: 'Commands:' },
    { argv: ['brokr'], says: "unknown command 'brokr'", hint: 'Did you mean broker?' },
    { argv: ['broker', '--prot', '1'], says: "unknown option '--prot'", hint: 'Did you mean --port?' },
    { argv: ['broker', '--port', '70000'], says: '--port', hint: 'a whole number from 0 to 65535' },
    {
      argv: ['broker', '--log-level', 'loud'],
      says: '--log-level',
      hint: 'silent, error, warn, info, debug',
    },
    { argv: ['broker', '--max-headers', '0'], says: '--max-headers', hint: 'at least 1' },
    { argv: ['broker', '--features', 'flying'], says: '--features', hint: 'kpi_collection' },
    { argv: ['broker', '--port'], says: "'--port <number>' argument missing", hint: 'rioni broker --help' },
    { argv: ['broker', 'extra'], says: 'too many arguments', hint: 'rioni broker --help' },
    {
      argv: ['generate'],
      says: "required options '--from <path>' and '--out <folder>'",
      hint: 'rioni.config.ts',
    },
    {
      argv: ['generate', '--from', 'a', '--out', 'b', '--import-extension', '.mjs'],
      says: '--import-extension',
      hint: '.js, .ts',
    },
    {
      argv: ['generate', '--from', 'a', '--out', 'b', '--name', 'order.placed'],
      says: '--name',
      hint: 'order.order-placed=OrderPlaced',
    },
    {
      argv: ['generate', '--from', 'a', '--out', 'b', '--check', '--watch'],
      says: 'cannot be used with option',
      hint: 'rioni generate --help',
    },
    { argv: ['pull'], says: "required option '--out <folder>'", hint: 'rioni pull --help' },
    { argv: ['check'], says: "one of '--out <folder>', '--lock <file>'", hint: 'rioni.config.ts' },
    { argv: ['check', '--out', 'a', '--as', 'reader'], says: '--as', hint: 'consumer, producer, both' },
    { argv: ['lint', '--from', 'a', '--rule', 'money'], says: '--rule', hint: 'audience=error' },
    {
      argv: ['lint', '--from', 'a', '--rule', 'monney=off'],
      says: "there is no rule 'monney'",
      hint: 'rioni lint --rules',
    },
    { argv: ['lint'], says: "one of '--from <path>' and '--registry'", hint: 'rioni.config.ts' },
    { argv: ['apply'], says: "required option '--from <path>'", hint: 'rioni.config.ts' },
    {
      argv: ['apply', '--from', 'a', '--yes', '--check'],
      says: "'--yes' cannot be used with option '--check'",
      hint: 'rioni apply --help',
    },
    { argv: ['publish'], says: "missing required argument 'event-type'", hint: 'rioni publish --help' },
    { argv: ['publish', 'a', '--url', 'localhost'], says: '--url', hint: 'starts with http:// or https://' },
    {
      argv: ['publish', 'a', '--token', 's3cret'],
      says: "unknown option '--token'",
      hint: 'rioni publish --help',
    },
    {
      argv: ['consume', 'a'],
      says: "required option '--owning-application <name>'",
      hint: 'rioni consume --help',
    },
    {
      argv: ['consume', '--owning-application', 'x'],
      says: "missing required argument 'event-types'",
      hint: '--help',
    },
  ])(
    'like `rioni $argv` says what is wrong and how to go on, and exits with 2',
    async ({ argv, says, hint }) => {
      const { exitCode, stdout, stderr } = await rioni(...argv)
      expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' })
      expect(stderr).toContain(says)
      expect(stderr).toContain(hint)
      expect(stderr).not.toContain('s3cret')
    },
  )

  it('like a variable with a wrong value names the variable', async () => {
    const { environment, stderr } = createMemoryEnvironment({ env: { RIONI_PORT: 'many' } })
    expect(await run(['broker'], environment)).toBe(2)
    expect(stderr()).toContain('environment variable RIONI_PORT is invalid. Expected a whole number')
  })
})
