// What an error means to the person at the terminal, and what they can do about it.

import type { NakadiError, NakadiErrorCode } from '@rioni/client'

/** An error in words. */
export interface Explanation {
  /** What happened. */
  readonly message: string
  /** What to do about it, when that is known. */
  readonly remedy?: string
}

/** Explains anything that was thrown. Never shows a stack or a secret. */
export function explainError(error: unknown): Explanation {
  if (!(error instanceof Error)) return { message: String(error) }
  if (isNakadiError(error)) return explainNakadiError(error)
  return explainSystemError(error) ?? { message: error.message }
}

/**
 * The message of the error says what happened; only why a token could not be read stands in its cause. Where the
 * message speaks of an option of the client, the person at the terminal reads the flag and the variable that set it.
 */
function explainNakadiError(error: NakadiError): Explanation {
  const why =
    error.code === 'token' && error.cause !== undefined ? ` (${explainError(error.cause).message})` : ''
  const message = error.message.replaceAll(/(?<= )baseUrl\b/g, '--url or RIONI_URL')
  return { message: `${message}${why}`, ...REMEDIES[error.code] }
}

/** What the flags of this command line can do about a failed request. The message says the rest. */
const REMEDIES: Readonly<Partial<Record<NakadiErrorCode, { readonly remedy: string }>>> = {
  unreachable: { remedy: "Start a broker with 'rioni broker', or name another with --url or RIONI_URL." },
  unauthorized: { remedy: 'Set RIONI_TOKEN, or name a file that holds a valid token with --token-file.' },
  token: { remedy: 'Check RIONI_TOKEN or the file of --token-file: one line, the token and nothing else.' },
}

/** By name, because loading the client only to ask would make every error message wait for it. */
export function isNakadiError(error: unknown): error is NakadiError {
  return error instanceof Error && error.name === 'NakadiError'
}

/** The fields that Node adds to an error of the operating system. */
interface SystemError extends Error {
  readonly code: string
  readonly syscall: string
  readonly path?: string
  readonly address?: string
  readonly port?: number
  readonly hostname?: string
}

function explainSystemError(error: Error): Explanation | undefined {
  if (!isSystemError(error)) return undefined
  return SYSTEM_ERRORS[error.code]?.(error)
}

const SYSTEM_ERRORS: Readonly<Record<string, (error: SystemError) => Explanation>> = {
  EADDRINUSE: ({ port, address }) => ({
    message: `port ${port} on ${address} is already in use`,
    remedy: 'Choose another with --port, or let --port 0 pick a free one.',
  }),
  EADDRNOTAVAIL: ({ address }) => ({
    message: `this machine has no address ${address}`,
    remedy: 'Use --host 127.0.0.1 for this machine alone, or --host 0.0.0.0 for all of its addresses.',
  }),
  ENOTFOUND: ({ hostname }) => ({
    message: `the host name ${hostname} is unknown`,
    remedy: 'Check its spelling and the network.',
  }),
  EACCES: ({ path, port }) =>
    path === undefined
      ? { message: `not allowed to listen on port ${port}`, remedy: 'Choose a --port above 1023.' }
      : { message: `not allowed to use ${path}`, remedy: 'Check its permissions.' },
  ENOENT: ({ path, syscall }) =>
    // On a file system that is read-only Node says so of the folder that it was to make.
    syscall === 'mkdir'
      ? {
          message: `the folder ${path} cannot be made`,
          remedy: 'Check the spelling of the path, and whether its file system is read-only.',
        }
      : { message: `there is no ${path}`, remedy: 'Check the spelling of the path.' },
  EROFS: ({ path }) => ({
    message: `${path ?? 'the folder'} is on a file system that is read-only`,
    remedy: 'Name a folder that can be written to.',
  }),
  EEXIST: ({ path }) => ({
    message: `${path} exists and is no folder`,
    remedy: 'Move it away, or name another.',
  }),
  ENOTDIR: ({ path, syscall }) =>
    syscall === 'scandir'
      ? { message: `${path} is not a folder`, remedy: 'Name a folder.' }
      : { message: `${path} cannot be: it would be in a file`, remedy: 'Name a folder.' },
  EISDIR: ({ path }) => ({ message: `${path ?? 'the input'} is a folder`, remedy: 'Name a file.' }),
  ENOSPC: ({ path }) => ({
    message: path === undefined ? 'the disk is full' : `the disk is full, there is no room for ${path}`,
    remedy: 'Free some space and run the command again.',
  }),
}

function isSystemError(error: Error): error is SystemError {
  return 'code' in error && typeof error.code === 'string' && 'syscall' in error
}
