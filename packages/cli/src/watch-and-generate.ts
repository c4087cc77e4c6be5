// `rioni generate --watch`: again after every change, until a signal.

import { relative } from 'node:path'
import type { Environment } from './environment.ts'
import { type ExitCode, exitCodes } from './exit-code.ts'
import type { GenerateSettings } from './generate-settings.ts'
import { report, reportError } from './report.ts'
import { changesIn } from './watch-paths.ts'

/** What to watch, and what to do after a change of it. */
export interface Turn {
  readonly settings: GenerateSettings
  readonly generate: () => Promise<unknown>
}

/** How long a folder must have been quiet before it is read again. */
const QUIET_MS = 100

/** Generates after every change. What goes wrong is told and waits to be corrected; only a signal is the end. */
export async function watchAndGenerate(
  environment: Environment,
  settings: GenerateSettings,
  nextTurn: () => Promise<Turn>,
): Promise<ExitCode> {
  const { signal } = environment
  const { systemClock: clock } = await import('@rioni/broker')
  let paths = watchedPaths(settings)
  for await (const _ of changesIn(() => paths, { clock, quietMs: QUIET_MS, signal })) {
    try {
      const turn = await nextTurn()
      paths = watchedPaths(turn.settings)
      await turn.generate()
    } catch (error) {
      reportError(environment, error)
    }
    report(environment, `watching ${paths.join(', ')}`)
  }
  return exitCodes.done
}

function watchedPaths({ project, configFile }: GenerateSettings): readonly string[] {
  const config = configFile === undefined ? [] : [relative('', configFile)]
  return [...project.sources.map(({ path }) => path), ...config]
}
