/** Why a storage on disk cannot be opened or used. */
export type DiskStorageErrorCode = 'locked' | 'foreign' | 'newer-format' | 'corrupt' | 'failed' | 'closed'

/** What a storage on disk rejects with. The message says what to do. */
export class DiskStorageError extends Error {
  override readonly name = 'DiskStorageError'
  /**
   * - `locked`: another process has the directory
   * - `foreign`: the directory holds something else
   * - `newer-format`: a newer version wrote the directory
   * - `corrupt`: a file does not hold what was written to it
   * - `failed`: a write or a sync has failed, and nothing more is taken
   * - `closed`: the storage has been closed
   */
  readonly code: DiskStorageErrorCode

  constructor(code: DiskStorageErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

/** The error for a file that does not hold what was written to it. */
export function corrupt(path: string, position: number, what: string): DiskStorageError {
  return new DiskStorageError(
    'corrupt',
    `${path} is damaged at byte ${position}: ${what}. What comes before that is intact. ` +
      'Restore the file from a copy; or, to give up what comes after, stop the broker and cut the file there ' +
      `(truncate -s ${position}).`,
  )
}
