import { alphanumeric, type Random } from './random.ts'

const LENGTH = 24

/** A name for one failure, by which an operator finds in the log what a client has been told of. */
export function newReference(random: Random): string {
  return `ETI${alphanumeric(random, LENGTH)}`
}
