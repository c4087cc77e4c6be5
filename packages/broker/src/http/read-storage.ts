import type { KafkaConfiguration, StorageState } from '../core/state.ts'
import type { Violation } from './problem.ts'
import {
  fieldsOf,
  missing,
  optionalInteger,
  optionalList,
  optionalText,
  type ReadBody,
  readWith,
} from './read-fields.ts'

/** Reads a new storage: `{"id","storage_type","kafka_configuration":{"zookeeper_connection":…},"default"}`. */
export function readNewStorage(body: unknown): ReadBody<StorageState> {
  return readWith(() => {
    const fields = fieldsOf(body, '')
    const id = optionalText(fields.get('id'), 'id')
    const type = optionalText(fields.get('storage_type'), 'storage_type')
    const violations: Violation[] = []
    if (id === undefined || id === '') violations.push(missing('id'))
    if (type === undefined) violations.push(missing('storage_type'))
    else if (type !== 'kafka') return unreadable(`Type '${type}' is not a valid storage type`)
    const configuration = fields.get('kafka_configuration')
    if (configuration === undefined || configuration === null) violations.push(missing('kafka_configuration'))
    if (violations.length > 0 || id === undefined) return { kind: 'invalid', violations }
    const kafkaConfiguration = readConfiguration(configuration)
    const isDefault = fields.get('default') === true
    return { kind: 'read', value: { id, storageType: 'kafka', kafkaConfiguration, isDefault } }
  })
}

function readConfiguration(value: unknown): KafkaConfiguration {
  const name = 'kafka_configuration.zookeeper_connection'
  const connection = fieldsOf(fieldsOf(value, 'kafka_configuration').get('zookeeper_connection'), name)
  const addresses = (optionalList(connection.get('addresses'), `${name}.addresses`) ?? []).map((item) => {
    const fields = fieldsOf(item, `${name}.addresses`)
    return {
      address: optionalText(fields.get('address'), `${name}.address`) ?? '',
      port: optionalInteger(fields.get('port'), `${name}.port`) ?? 0,
    }
  })
  return {
    zookeeperConnection: {
      type: optionalText(connection.get('type'), `${name}.type`) ?? 'zookeeper',
      addresses,
      path: optionalText(connection.get('path'), `${name}.path`) ?? '',
    },
  }
}

function unreadable(message: string): ReadBody<StorageState> {
  return { kind: 'unreadable', message }
}
