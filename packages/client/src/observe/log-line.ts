import type { DiagnosticsEvents, DiagnosticsKind, ErrorEvent, PublishEvent } from './diagnostics.ts'

/**
 * Where a client logs: pino, or anything with these four methods, which get the fields and then the message. No line
 * holds a token.
 */
export interface Logger {
  debug(fields: object, message: string): void
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
  /** Spares the client lines that would be thrown away; pino has it. @default every line is wanted */
  isLevelEnabled?(level: string): boolean
}

/** How much a line matters. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error'

/** One line. Its fields are the event. */
export interface LogLine {
  readonly level: LogLevel
  readonly message: string
}

/** How much lines of a kind may matter: while a log wants none of that, none is made. */
export const possibleLevels: { readonly [Kind in DiagnosticsKind]: readonly LogLevel[] } = {
  request: ['debug'],
  publish: ['debug', 'warn'],
  batch: ['debug'],
  commit: ['debug', 'warn'],
  reconnect: ['info', 'warn'],
  error: ['warn', 'error'],
}

type Lines = { readonly [Kind in DiagnosticsKind]: (event: DiagnosticsEvents[Kind]) => LogLine }

/** What a healthy client does is `debug`, what it mends by itself `info`, what costs time or events `warn`. */
const lines: Lines = {
  request: ({ operation, status, durationMs, failure }) => ({
    level: 'debug',
    message: failure?.message ?? `${operation} was answered ${status} after ${durationMs} ms`,
  }),
  publish: (event) => ({
    level: event.submitted === event.events ? 'debug' : 'warn',
    message: publishMessage(event),
  }),
  batch: ({ bytes, eventType, partition }) => ({
    level: 'debug',
    message: `a batch of ${bytes} bytes of ${eventType} came in from partition ${partition}`,
  }),
  commit: ({ cursors, result, error }) =>
    result === 'accepted'
      ? { level: 'debug', message: `${cursors} cursors were committed` }
      : {
          level: 'warn',
          message:
            error?.message ??
            `a commit of ${cursors} cursors was refused: partitions belong to another stream by now, which delivers the events again`,
        },
  reconnect: ({ reason, message, delayMs, failures }) => ({
    level: failures > 0 || reason === 'commit-timeout' ? 'warn' : 'info',
    message: `no stream is open (${reason}): ${message}; trying again in ${Math.round(delayMs)} ms`,
  }),
  error: (event) => ({ level: event.origin === 'consumer' ? 'error' : 'warn', message: errorMessage(event) }),
}

function publishMessage({ eventType, error, ...counts }: PublishEvent): string {
  if (error !== undefined) return `events of ${eventType} were not published: ${error.message}`
  const { events, submitted, rejected, aborted, unknown } = counts
  return submitted === events
    ? `${events} events of ${eventType} were published`
    : `of ${events} events of ${eventType} ${submitted} were published, ${rejected} rejected, ${aborted} aborted, and of ${unknown} it is unknown`
}

function errorMessage({ origin, error, eventType, attempts, decision }: ErrorEvent): string {
  if (origin === 'consumer') return `the consumer has ended: ${error.message}`
  return `attempt ${attempts} of the handler of ${eventType} failed, decided: ${decision}: ${error.message}`
}

/** The line for an event. */
export function logLine<Kind extends DiagnosticsKind>(kind: Kind, event: DiagnosticsEvents[Kind]): LogLine {
  return lines[kind](event)
}
