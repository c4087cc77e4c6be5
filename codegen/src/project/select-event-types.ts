// Which event types are generated, by patterns of their names.

/** Returns a test for names: in `include`, unless that is empty, and not in `exclude`. `*` stands for any text. */
export function selectEventTypes(
  include: readonly string[],
  exclude: readonly string[],
): (eventType: string) => boolean {
  const included = include.map(patternOf)
  const excluded = exclude.map(patternOf)
  return (eventType) =>
    (included.length === 0 || included.some((pattern) => pattern.test(eventType))) &&
    !excluded.some((pattern) => pattern.test(eventType))
}

function patternOf(glob: string): RegExp {
  const parts = glob.split(/\*+/).map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`, 's')
}
