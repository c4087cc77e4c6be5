// Decides what is recorded of what happens: by the features that are on, and in whose name.

import { AsyncLocalStorage } from 'node:async_hooks'
import { anyone } from '../core/authorization.ts'
import { changesOf } from '../core/changes.ts'
import type { Command, CommandType, Outcomes } from '../core/commands.ts'
import type { BrokerState } from '../core/state.ts'
import type { CommandLog } from '../storage/command-log.ts'
import { auditEvent } from './audit-events.ts'
import {
  accessLogEvent,
  batchPublishedEvent,
  type CompletedRequest,
  changeEvent,
  dataStreamedEvent,
  type PublishedBatch,
  type StreamedData,
} from './kpi-events.ts'
import { AUDIT_LOG } from './system-event-types.ts'
import type { SystemLog } from './system-log.ts'

/** In whose name something happens. */
export interface Actor {
  /** The name of the caller. */
  readonly user: string
  readonly flowId: string
}

/** Keeps the records of a broker: its key figures and its audit log. Nothing here fails or waits. */
export interface Recorder {
  /** Whether key figures are wanted at present, so that nobody need gather them in vain. */
  isMeasuring(): boolean
  requestCompleted(completed: CompletedRequest, flowId: string): void
  batchPublished(batch: PublishedBatch, flowId: string): void
  dataStreamed(data: StreamedData, flowId: string): void
  /** Does some work in somebody's name: the commands that it proposes are recorded as theirs. */
  actingAs<T>(actor: Actor, work: () => T): T
  /** The same command log, which records the changes that commands make. So no handler has to think of it. */
  recording(commands: CommandLog): CommandLog
}

/** What a recorder depends on. */
export interface RecorderEnvironment {
  readonly commands: Pick<CommandLog, 'state'>
  readonly log: Pick<SystemLog, 'record'>
  /** Goes into the hashes of names. */
  readonly hashSalt: string
}

/** In whose name the broker acts by itself. */
const NOBODY: Actor = { user: anyone.subject, flowId: '' }

/** Creates the recorder of a broker. */
export function createRecorder({ commands, log, hashSalt: salt }: RecorderEnvironment): Recorder {
  const actors = new AsyncLocalStorage<Actor>()
  const isOn = (feature: 'kpi_collection' | 'audit_log_collection') =>
    commands.state.settings.features.has(feature)
  const isMeasuring = () => isOn('kpi_collection')

  function recordChanges(command: Command, outcome: Outcomes[CommandType], before: BrokerState): void {
    const { user, flowId } = actors.getStore() ?? NOBODY
    for (const change of changesOf(command, outcome, { before, after: commands.state })) {
      const measured = isMeasuring() ? changeEvent(change) : undefined
      if (measured !== undefined) log.record(measured, flowId)
      if (!isOn('audit_log_collection')) continue
      log.record({ eventType: AUDIT_LOG, fields: { ...auditEvent(change, { user, salt }) } }, flowId)
    }
  }

  return {
    isMeasuring,
    requestCompleted(completed, flowId) {
      if (isMeasuring()) log.record(accessLogEvent(completed, salt), flowId)
    },
    batchPublished(batch, flowId) {
      if (isMeasuring()) log.record(batchPublishedEvent(batch, salt), flowId)
    },
    dataStreamed(data, flowId) {
      if (isMeasuring()) log.record(dataStreamedEvent(data, salt), flowId)
    },
    // Following a request through its promises has a price, so it is done only when somebody asks who it was.
    actingAs: (actor, work) => (isOn('audit_log_collection') ? actors.run(actor, work) : work()),
    recording: (recorded) => ({
      get state() {
        return recorded.state
      },
      async propose<T extends CommandType>(command: Command<T> & Command, at: number) {
        const before = recorded.state
        const outcome = await recorded.propose<T>(command, at)
        if (isMeasuring() || isOn('audit_log_collection')) recordChanges(command, outcome, before)
        return outcome
      },
      watch: (onChange) => recorded.watch(onChange),
    }),
  }
}
