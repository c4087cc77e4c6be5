import type { Storage } from '@rioni/broker'
import type { Logger } from 'pino'
import type { BrokerSettings } from './broker-settings.ts'

/** Opens what the broker keeps everything in: a folder, or memory when there is none. */
export async function openStorage({ data, fsync }: BrokerSettings, log: Logger): Promise<Storage> {
  if (data === undefined) {
    const { createMemoryStorage } = await import('@rioni/broker')
    return createMemoryStorage()
  }
  const { createDiskStorage } = await import('@rioni/broker/disk')
  log.debug({ directory: data, fsync }, 'opening the storage')
  const storage = await createDiskStorage({
    directory: data,
    fsync,
    onCutOff: (file, bytes) => log.warn({ file, bytes }, 'cut off what a crash had left half written'),
  })
  const { eventTypes, subscriptions } = storage.commands.state
  log.info(
    {
      directory: data,
      eventTypes: eventTypes.size,
      subscriptions: subscriptions.size,
      bytes: storage.sizeBytes?.(),
    },
    'storage opened',
  )
  return storage
}
