// Names of topics and partitions as names of directories: any text goes in, and what comes out is a name on every
// file system. Names of ours end in `=`, so that nothing else is taken for one.

const PLAIN = /[a-z0-9_-]/

/** The directory for a topic or a partition. */
export function encodeName(name: string): string {
  const bytes = new TextEncoder().encode(name)
  let encoded = ''
  for (const byte of bytes) {
    const character = String.fromCharCode(byte)
    encoded += PLAIN.test(character) ? character : `%${byte.toString(16).padStart(2, '0')}`
  }
  return `${encoded}=`
}

/** The topic or partition of a directory. */
export function decodeName(directory: string): string {
  return decodeURIComponent(directory.slice(0, -1))
}

/** Whether a directory has a name that `encodeName` gives. */
export function isOwnName(directory: string): boolean {
  return directory.endsWith('=')
}
