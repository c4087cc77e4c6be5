// What a running broker tells: lines of JSON for machines, or lines of text for people, on standard error.

import type { BrokerObserver } from '@rioni/broker'
import type { Logger } from 'pino'
import type { BrokerSettings } from './broker-settings.ts'
import type { Environment } from './environment.ts'
import { printable } from './printable.ts'

/** Creates the log of a broker. */
export async function createBrokerLog(
  { stderr }: Environment,
  { logLevel, jsonLogs }: Pick<BrokerSettings, 'logLevel' | 'jsonLogs'>,
): Promise<Logger> {
  const { pino } = await import('pino')
  const options = {
    level: logLevel,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (level: string) => ({ level }) },
  }
  return pino(options, { write: (line) => stderr.write(jsonLogs ? line : toText(line)) })
}

/** Logs what happens inside a broker. Requests that went well are details; those that did not are not. */
export function observeInto(log: Logger): BrokerObserver {
  return {
    onResponse({ method, path, operation, status, durationMs, flowId, subject }) {
      const level = status >= 500 ? 'warn' : status >= 400 ? 'info' : 'debug'
      log[level]({ method, path, operation, status, durationMs, flowId, subject }, 'request')
    },
    onInternalError: (error, reference) => log.error({ reference, err: error }, 'internal error'),
    onStreamOpened: (stream) => log.debug(stream, 'stream opened'),
    onStreamEnded: (stream) => log.debug(stream, 'stream ended'),
  }
}

/** `{"level":"info","time":"T","msg":"m","a":1}` as `T info m a=1`. Nothing that a client has sent can begin a line. */
function toText(line: string): string {
  const { level, time, msg, err, ...fields } = JSON.parse(line)
  const words = Object.entries(fields).map(([name, value]) => `${name}=${wordOf(value)}`)
  const stack = err === undefined ? [] : [err.stack ?? err.message]
  const text = printable([time, String(level).padEnd(5), msg, ...words].join(' '))
  return [text, ...stack].map((part) => `${part}\n`).join('')
}

function wordOf(value: unknown): string {
  return typeof value === 'string' && /^[^\s"=]+$/.test(value) ? value : JSON.stringify(value)
}
