// The event types of all sources of a project.

import { posix } from 'node:path'
import type { EventTypeDefinition } from '../definitions/event-type-definition.ts'
import type { LoadResult } from '../definitions/load-result.ts'
import { loadSource } from '../sources/load-sources.ts'
import type { ProjectInput } from './project-input.ts'

/** Loads the sources of a project from their files. */
export function loadProject({ settings, files }: ProjectInput): LoadResult {
  const results = settings.sources.map(({ path, eventTypes }, index) => {
    const source = files[index]
    if (source === undefined) return { definitions: [], diagnostics: [] }
    const loaded = loadSource(source, eventTypes)
    return settings.sources.length > 1 ? locate(loaded, path) : loaded
  })
  return {
    definitions: results.flatMap(({ definitions }) => definitions),
    diagnostics: results.flatMap(({ diagnostics }) => diagnostics),
  }
}

/** Where there are several sources, files are named with the source that they are in. */
function locate({ definitions, diagnostics }: LoadResult, source: string): LoadResult {
  const folder = /\.(json|ya?ml)$/.test(source) ? posix.dirname(source) : source
  const within = (file: string): string => posix.join(folder, file)
  return {
    definitions: definitions.map(({ origin, ...definition }): EventTypeDefinition => {
      if (origin === undefined) return definition
      const { parts, ...place } = origin
      const located = parts?.map((part) => ({ ...part, file: within(part.file) }))
      return {
        ...definition,
        origin: { ...place, file: within(place.file), ...(located === undefined ? {} : { parts: located }) },
      }
    }),
    diagnostics: diagnostics.map(({ file, ...diagnostic }) =>
      file === undefined ? diagnostic : { ...diagnostic, file: within(file) },
    ),
  }
}
