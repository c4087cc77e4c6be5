// Which thread does which of many tasks. Neighbours have much in common, and what a thread has met once it does faster, so
// each thread has a stretch of its own; who is done with it helps others from the end of theirs.

/** Gives a thread the number of its next task; undefined when there are no more. */
export type NextTask = (thread: number) => number | undefined

/** Shares out tasks that are numbered from zero. */
export function shareTasks(tasks: number, threads: number): NextTask {
  const stretches = Array.from({ length: threads }, (_, thread) => ({
    next: Math.floor((thread * tasks) / threads),
    end: Math.floor(((thread + 1) * tasks) / threads),
  }))
  return (thread) => {
    const own = stretches[thread]
    if (own !== undefined && own.next < own.end) {
      own.next += 1
      return own.next - 1
    }
    const [longest] = stretches.toSorted((left, right) => right.end - right.next - (left.end - left.next))
    if (longest === undefined || longest.next >= longest.end) return undefined
    longest.end -= 1
    return longest.end
  }
}
