import { createHash } from 'node:crypto'

/** Hides the name of an application or a person in a log, with a salt that only the operator knows. */
export function hashName(name: string, salt: string): string {
  return createHash('sha256').update(salt).update(name).digest('hex')
}
