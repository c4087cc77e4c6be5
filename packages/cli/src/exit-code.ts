/** How a run ended, as the shell sees it in `$?`. The README documents these values: scripts depend on them. */
export const exitCodes = {
  /** Everything asked for was done. Stopping a broker or a consumer with a signal counts as done. */
  done: 0,
  /** Something failed or was rejected; standard error says what. */
  failed: 1,
  /** The command line itself is wrong, so nothing was tried. */
  usage: 2,
  /** What was generated before is no longer what its definitions give: `--check`, `rioni check`. */
  stale: 3,
  /** The registry has moved on and nothing breaks: `rioni diff`, `rioni check`. */
  moved: 4,
  /** The registry has moved on in a way that breaks a consumer or a producer: `rioni diff`, `rioni check`. */
  breaking: 5,
  /** Some of what was to be applied is in the registry now, and some is not: `rioni apply`. */
  partial: 6,
  /** A signal stopped the run before it was complete: 128 + SIGINT, as shells count. */
  interrupted: 130,
} as const

/** One of the documented exit codes. */
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]
