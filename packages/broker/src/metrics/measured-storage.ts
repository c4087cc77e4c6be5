import type { Clock } from '../clock.ts'
import type { Command, CommandType, Outcomes } from '../core/commands.ts'
import type { CommandLog } from '../storage/command-log.ts'
import type { EventLog } from '../storage/event-log.ts'
import type { Storage } from '../storage/storage.ts'
import type { BrokerMetrics } from './broker-metrics.ts'

/** What is counted, and by which clock. */
export interface Measuring {
  readonly clock: Pick<Clock, 'now'>
  readonly metrics: Pick<BrokerMetrics, 'appended' | 'committed' | 'proposed'>
}

/** The same storage, which counts what passes through it. So no handler has to think of it. */
export function measureStorage(storage: Storage, measuring: Measuring): Storage {
  return {
    events: measureEvents(storage.events, measuring),
    commands: measureCommands(storage.commands, measuring),
    close: () => storage.close(),
  }
}

function measureEvents(events: EventLog, { metrics }: Measuring): EventLog {
  return {
    ...events,
    async append(topic, records, at) {
      await events.append(topic, records, at)
      let bytes = 0
      for (const { value } of records) bytes += value.byteLength
      metrics.appended(records.length, bytes)
    },
  }
}

function measureCommands(commands: CommandLog, { clock, metrics }: Measuring): CommandLog {
  return {
    get state() {
      return commands.state
    },
    async propose<T extends CommandType>(command: Command<T>, at: number) {
      const startedAt = clock.now()
      const outcome = await commands.propose(command, at)
      metrics.proposed(clock.now() - startedAt)
      if (command.type === 'commitCursors') metrics.committed(countCommitted(outcome))
      return outcome
    },
    watch: (onChange) => commands.watch(onChange),
  }
}

function countCommitted(outcome: Outcomes[CommandType]): number {
  if (!('results' in outcome)) return 0
  return outcome.results.filter((result) => result === 'committed').length
}
