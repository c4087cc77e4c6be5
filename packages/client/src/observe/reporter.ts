import { type Channel, channel } from 'node:diagnostics_channel'
import { invalidArgument } from '../error.ts'
import { type DiagnosticsEvents, type DiagnosticsKind, diagnosticsChannels } from './diagnostics.ts'
import { type Logger, type LogLevel, logLine, possibleLevels } from './log-line.ts'

/** Tells subscribers of the channels, and the log of one client, what happens. */
export interface Reporter {
  /** Whether anybody would hear of it: only then an event is worth making. */
  wants(kind: DiagnosticsKind): boolean
  /** Tells whoever listens. Never throws: what a listener does wrong is its own business. */
  report<Kind extends DiagnosticsKind>(kind: Kind, event: DiagnosticsEvents[Kind]): void
}

/** Subscribers see a channel of the same name, whoever made it. */
const channels: Readonly<Record<DiagnosticsKind, Channel>> = {
  request: channel(diagnosticsChannels.request),
  publish: channel(diagnosticsChannels.publish),
  batch: channel(diagnosticsChannels.batch),
  commit: channel(diagnosticsChannels.commit),
  reconnect: channel(diagnosticsChannels.reconnect),
  error: channel(diagnosticsChannels.error),
}

const levels: readonly LogLevel[] = ['debug', 'info', 'warn', 'error']

/**
 * Makes the reporter of one client.
 *
 * @throws NakadiError `invalid-argument` when the logger is none.
 */
export function createReporter(logger?: Logger): Reporter {
  if (logger === undefined) return silentReporter
  const missing = levels.filter((level) => typeof logger[level] !== 'function')
  if (missing.length > 0) {
    throw invalidArgument(
      `logger has no method ${missing.join(', ')}; pass pino, or an object with ${levels.join(', ')}`,
    )
  }
  return {
    wants: (kind) => channels[kind].hasSubscribers || mayLog(logger, kind),
    report(kind, event) {
      channels[kind].publish(event)
      const { level, message } = logLine(kind, event)
      try {
        logger[level](event, message)
      } catch {
        // A log that is broken must not keep events from being published, consumed and committed.
      }
    },
  }
}

const silentReporter: Reporter = {
  wants: (kind) => channels[kind].hasSubscribers,
  // Errors of subscribers are thrown by Node where nobody but the process hears of them.
  report: (kind, event) => channels[kind].publish(event),
}

function mayLog(logger: Logger, kind: DiagnosticsKind): boolean {
  return possibleLevels[kind].some((level) => logger.isLevelEnabled?.(level) ?? true)
}
