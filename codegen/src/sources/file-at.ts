import { posix } from 'node:path'

/**
 * The file that a relative address means, seen from another file. One that begins with a slash starts at the root of the
 * source, as it would at the root of a host.
 *
 * @returns a path relative to the source, which begins with `../` when it leads out of it
 */
export function fileAt(address: string, from: string): string {
  return address.startsWith('/')
    ? posix.normalize(address).slice(1)
    : posix.join(posix.dirname(from), address)
}
