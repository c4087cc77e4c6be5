import { javaStringHash } from './java-hash.ts'

/**
 * Chooses the partition for events with these key values: the same keys always lead to the same
 * partition, so events about one thing stay in order.
 *
 * The hashes of the keys are added up in 32 bits, and the sum's remainder, made positive, is an index
 * into the partition names ("10" comes before "2").
 *
 * @param keys One text per partition key field, as `partitionKeys` gives them.
 * @param partitions Names of the partitions, sorted as strings, at least one.
 */
export function hashPartition(keys: readonly string[], partitions: readonly string[]): string {
  let sum = 0
  for (const key of keys) sum = (sum + javaStringHash(key)) | 0
  // JavaScript numbers hold 2 ** 31, so unlike in Java the absolute value can be taken at any point.
  const index = Math.abs(sum % partitions.length)
  const partition = partitions[index]
  if (partition === undefined) throw new RangeError('an event type has at least one partition')
  return partition
}
