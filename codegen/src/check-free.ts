import { lstat } from 'node:fs/promises'

/** How the files of a command come into being, in the words of its message: `generated`, `generate`. */
interface Origin {
  readonly made: string
  readonly toMake: string
}

/**
 * Refuses to write over a file, a folder or a link that somebody else has put there.
 *
 * @throws Error that names the path.
 */
export async function checkFree(path: string, isOurs: boolean, { made, toMake }: Origin): Promise<void> {
  if (isOurs) return
  const status = await lstat(path).catch(() => undefined)
  if (status === undefined) return
  throw new Error(
    `${path} was not ${made} and is not overwritten: move it away, or ${toMake} into another folder`,
  )
}
