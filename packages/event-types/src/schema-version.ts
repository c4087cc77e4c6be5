import type { ChangeLevel } from './schema-change.ts'

/** The version of an event type's first schema. */
export const FIRST_SCHEMA_VERSION = '1.0.0'

/**
 * The version that follows after a change. Parts behind the one that moves start at zero again.
 *
 * @param version `major.minor.patch`, as the broker wrote it.
 */
export function nextSchemaVersion(version: string, level: ChangeLevel): string {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number)
  switch (level) {
    case 'major':
      return `${major + 1}.0.0`
    case 'minor':
      return `${major}.${minor + 1}.0`
    case 'patch':
      return `${major}.${minor}.${patch + 1}`
  }
}
