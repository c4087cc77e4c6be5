// Everything that can be set of `rioni broker`.

import type { SubscriptionOwner } from '@rioni/broker'
import { InvalidArgumentError } from 'commander'
import { accessSettings } from './broker-access.ts'
import { oneOf, parseList, parsePort, parseSwitch, wholeNumber } from './flag-values.ts'
import type { SettingRow, SettingsOf } from './setting-table.ts'

/** How much is logged. Each level contains those before it. */
const LOG_LEVELS = ['silent', 'error', 'warn', 'info', 'debug'] as const

const listening = { group: 'Listening:' }
const keeping = { group: 'What it keeps:' }
const limits = { group: 'Limits:' }
const operating = { group: 'Operating:' }

const MAX_SECONDS = 86_400

/** A row with a whole number of at least one. */
function count(row: Omit<SettingRow<number>, 'value' | 'parse' | 'shown'>): SettingRow<number> {
  return { ...row, value: '<number>', parse: wholeNumber(1), shown: String(row.fallback) }
}

/** A row with a time in whole seconds. */
function seconds(row: Omit<SettingRow<number>, 'value' | 'parse' | 'shown'>): SettingRow<number> {
  return { ...row, value: '<seconds>', parse: wholeNumber(0, MAX_SECONDS), shown: String(row.fallback) }
}

/** The settings of `rioni broker`. */
export const brokerSettings = {
  port: {
    ...listening,
    flag: '--port',
    value: '<number>',
    parse: parsePort,
    fallback: 8080,
    shown: '8080',
    meaning: 'TCP port, 0 for any free one',
  },
  host: {
    ...listening,
    flag: '--host',
    value: '<address>',
    parse: String,
    fallback: '127.0.0.1',
    shown: '127.0.0.1',
    meaning: 'address to listen on',
  },
  data: {
    ...keeping,
    flag: '--data',
    value: '<folder>',
    parse: optionalText,
    fallback: undefined,
    shown: 'none: memory',
    meaning: 'where events and positions are kept',
  },
  fsync: {
    ...keeping,
    flag: '--fsync',
    value: '<when>',
    parse: oneOf(['never', 'group', 'always']),
    fallback: 'group',
    shown: 'group',
    meaning: 'when they reach the disk: never, group, always',
  },
  eventTypes: {
    ...keeping,
    flag: '--event-types',
    value: '<folder>',
    parse: optionalText,
    fallback: undefined,
    meaning: 'definitions of event types to create at the start',
  },
  features: {
    ...keeping,
    flag: '--features',
    value: '<names>',
    parse: parseList,
    fallback: [],
    meaning: 'features that are on, with commas between them',
  },
  deletableSubscriptions: {
    ...keeping,
    flag: '--deletable-subscriptions',
    value: '<app:group>',
    parse: parseSubscriptionOwner,
    fallback: { owning_application: 'nakadi_archiver', consumer_group: 'nakadi_to_s3' },
    shown: 'nakadi_archiver:nakadi_to_s3',
    meaning: 'whose subscriptions go with their event types',
  },
  dataLakeSubjects: {
    ...keeping,
    flag: '--data-lake-subjects',
    value: '<names>',
    parse: parseList,
    fallback: [],
    meaning: 'who must say what a data lake keeps; * is everyone',
  },
  ...accessSettings,
  maxBodyBytes: count({
    ...limits,
    flag: '--max-body-bytes',
    fallback: 20 * 1024 * 1024,
    meaning: 'bytes of a request body, inflated',
  }),
  maxEventBytes: count({
    ...limits,
    flag: '--max-event-bytes',
    fallback: 999_000,
    meaning: 'bytes of an event',
  }),
  maxHeaderBytes: count({
    ...limits,
    flag: '--max-header-bytes',
    fallback: 16_384,
    meaning: 'bytes of all headers of a request',
  }),
  maxHeaders: count({
    ...limits,
    flag: '--max-headers',
    fallback: 100,
    meaning: 'headers of a request',
  }),
  maxConnections: count({
    ...limits,
    flag: '--max-connections',
    fallback: 10_000,
    meaning: 'open connections',
  }),
  maxOpenStreams: count({
    ...limits,
    flag: '--max-open-streams',
    fallback: 5000,
    meaning: 'open streams',
  }),
  maxStreamBufferBytes: count({
    ...limits,
    flag: '--max-stream-buffer-bytes',
    fallback: 50_000_000,
    meaning: 'bytes of events that wait in one stream',
  }),
  maxSubscriptionPartitions: count({
    ...limits,
    flag: '--max-subscription-partitions',
    fallback: 100,
    meaning: 'partitions of a subscription',
  }),
  maxCommitTimeoutSeconds: count({
    ...limits,
    flag: '--max-commit-timeout-seconds',
    fallback: 60,
    meaning: 'longest commit timeout',
  }),
  requestTimeoutSeconds: seconds({
    ...limits,
    flag: '--request-timeout-seconds',
    fallback: 30,
    meaning: 'time for a request to arrive, 0 for any',
  }),
  slowClientSeconds: seconds({
    ...limits,
    flag: '--slow-client-seconds',
    fallback: 30,
    meaning: 'time in which a client must take some of what waits, 0 for any',
  }),
  logLevel: {
    ...operating,
    flag: '--log-level',
    value: '<level>',
    parse: oneOf(LOG_LEVELS),
    fallback: 'info',
    shown: 'info',
    meaning: `how much to log: ${LOG_LEVELS.join(', ')}`,
  },
  jsonLogs: {
    ...operating,
    flag: '--json-logs',
    value: '',
    parse: parseSwitch,
    fallback: false,
    meaning: 'log one JSON object per line',
  },
  graceSeconds: seconds({
    ...operating,
    flag: '--grace-seconds',
    fallback: 10,
    meaning: 'time for last commits when it stops',
  }),
} as const satisfies Readonly<Record<string, SettingRow<unknown>>>

/** Settings with nothing left out. */
export type BrokerSettings = SettingsOf<typeof brokerSettings>

function parseSubscriptionOwner(text: string): SubscriptionOwner {
  const [, owning_application, consumer_group] = /^([^:]+):(.+)$/.exec(text) ?? []
  if (owning_application !== undefined && consumer_group !== undefined) {
    return { owning_application, consumer_group }
  }
  throw new InvalidArgumentError(
    'Expected an application and a consumer group with a colon between them, such as archive:default.',
  )
}

function optionalText(text: string): string | undefined {
  return text
}
