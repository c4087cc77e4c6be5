// One run of `rioni generate`, and what it tells.

import { resolve } from 'node:path'
import type { ProjectResult, ProjectSettings } from '@rioni/codegen'
import { counted } from './counted.ts'
import { describeChanges, describeStale, staleFiles, toJson } from './describe-generation.ts'
import type { Environment } from './environment.ts'
import { type ExitCode, exitCodes } from './exit-code.ts'
import type { GenerateFlags, GenerateSettings } from './generate-settings.ts'
import { isWatched, progressOn } from './progress.ts'
import { report } from './report.ts'
import { placesOf } from './source-settings.ts'
import { writeText } from './write-text.ts'

/** Generates a project, and tells what was written, what is stale and what is wrong. */
export async function generateOnce(
  environment: Environment,
  { project }: GenerateSettings,
  flags: GenerateFlags,
): Promise<ExitCode> {
  const { cacheFileOf, formatDiagnostic, formatProof, generateProject } = await import('@rioni/codegen')
  const check = flags.check === true
  const result = await generateProject(project, {
    check,
    ...(flags.cache ? { cacheFile: cacheFileOf(resolve(project.out), process.cwd()) } : {}),
    ...(flags.verbose === true || isWatched(environment)
      ? { onProgress: progressOn(environment, (done, total) => `generated ${done} of ${total} event types`) }
      : {}),
  })
  const { diagnostics, generated, lost, proof } = result
  for (const diagnostic of diagnostics) environment.stderr.write(`${formatDiagnostic(diagnostic)}\n`)
  for (const name of lost) report(environment, `note: ${name}`)
  await writeText(environment.stdout, toText(result, project.out, flags))
  if (generated === 0) {
    tellNothing(environment, result, project)
    return exitCodes.failed
  }
  if (!check && proof.documents > 0) report(environment, `proof: ${formatProof(proof)}`)
  const stale = check ? staleFiles(result, project.out).length : 0
  if (stale > 0) {
    report(
      environment,
      `${counted(stale, 'file')} ${stale === 1 ? 'is' : 'are'} stale: run the same command without --check, and commit`,
    )
  }
  if (diagnostics.some(({ severity }) => severity === 'error')) return exitCodes.failed
  return stale > 0 ? exitCodes.stale : exitCodes.done
}

/** What came of it, in the form that is asked for. */
function toText(result: ProjectResult, out: string, { check = false, json = false }: GenerateFlags): string {
  if (json) return toJson(result, { out, check })
  if (result.generated === 0) return ''
  return check ? describeStale(result, out) : describeChanges(result, out)
}

function tellNothing(
  environment: Environment,
  { diagnostics }: ProjectResult,
  project: ProjectSettings,
): void {
  if (diagnostics.every(({ severity }) => severity !== 'error'))
    report(environment, `error: there is no event type definition in ${placesOf(project)}`)
  report(environment, `nothing was generated; ${project.out} is as it was`)
}
