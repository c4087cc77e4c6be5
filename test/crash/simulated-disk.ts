/**
 * A disk in memory that crashes when it is told to, after any operation or in the middle of a write, and comes back
 * with what a disk may come back with: everything that was synced, and any part of the rest.
 */

import { basename, dirname } from 'node:path'
import type { Random } from '@rioni/broker'
import type { FileSystem } from '@rioni/broker/disk'

/** What ends: the process alone, which leaves everything that was written, or the machine. */
export type CrashKind = 'process' | 'machine'

/** A disk that can be booted again and again. */
export interface SimulatedDisk {
  /** The file system until the crash, which comes with the given operation; later operations fail. */
  boot(crashAt: number): Booted
  /** What a crash leaves. The next boot begins with it. */
  crash(kind: CrashKind): void
}

/** A file system that will crash. */
export interface Booted {
  readonly files: FileSystem
  readonly hasCrashed: () => boolean
  /** How many operations there have been. */
  readonly operations: () => number
}

interface File {
  data: Buffer
  synced: Buffer
}

/** Files and directories by their paths. */
interface Tree {
  readonly files: Map<string, File>
  readonly directories: Set<string>
}

/** Creates an empty disk. */
export function createSimulatedDisk(random: Random): SimulatedDisk {
  let current: Tree = { files: new Map(), directories: new Set(['/']) }
  /** The names as they were when their directory was last synced. */
  let durable: Tree = { files: new Map(), directories: new Set(['/']) }

  return {
    boot: (crashAt) => boot({ current, durable }, crashAt, random),
    crash(kind) {
      const left = kind === 'process' ? current : survivors({ current, durable }, random)
      for (const file of left.files.values()) file.synced = file.data
      current = { files: new Map(left.files), directories: new Set(left.directories) }
      durable = { files: new Map(left.files), directories: new Set(left.directories) }
    },
  }
}

interface Trees {
  readonly current: Tree
  readonly durable: Tree
}

/** A machine that runs until it crashes. */
interface Machine {
  /** Throws when the machine has crashed. */
  alive(): void
  /** Counts an operation that changes the disk. Throws when it is the one that crashes. */
  step(): void
  /** How much of a write gets to the disk. */
  portion(bytes: Buffer): Buffer
}

function boot(trees: Trees, crashAt: number, random: Random): Booted {
  let operations = 0
  const hasCrashed = () => operations >= crashAt

  function alive(): void {
    if (hasCrashed()) throw new Error('The machine has crashed.')
  }

  const machine: Machine = {
    alive,
    step() {
      operations += 1
      alive()
    },
    portion(bytes) {
      operations += 1
      return hasCrashed() ? bytes.subarray(0, random.below(bytes.byteLength + 1)) : bytes
    },
  }
  const files = {
    ...inspecting(trees.current, machine),
    ...accessing(trees.current, machine),
    ...naming(trees, machine),
  }
  return { files, hasCrashed, operations: () => operations }
}

type Accessing = 'open' | 'close' | 'write' | 'read' | 'readNow' | 'sync' | 'truncate'

function accessing(tree: Tree, machine: Machine): Pick<FileSystem, Accessing> {
  const { alive, step, portion } = machine
  const open = new Map<number, File>()
  let descriptors = 0

  function fileOf(descriptor: number): File {
    alive()
    const file = open.get(descriptor)
    if (file === undefined) throw new Error(`There is no open file ${descriptor}.`)
    return file
  }

  const readNow: FileSystem['readNow'] = (descriptor, buffer, position) =>
    fileOf(descriptor).data.copy(buffer, 0, position)

  return {
    open(path, mode) {
      alive()
      const existing = tree.files.get(path)
      if (existing !== undefined && mode === 'create') throw coded('EEXIST', path)
      if (existing === undefined && (mode === 'read' || !tree.directories.has(dirname(path))))
        throw coded('ENOENT', path)
      const file = existing ?? { data: Buffer.alloc(0), synced: Buffer.alloc(0) }
      if (existing === undefined) {
        step()
        tree.files.set(path, file)
      }
      descriptors += 1
      open.set(descriptors, file)
      return descriptors
    },
    close: (descriptor) => void open.delete(descriptor),
    write(descriptor, chunks) {
      const file = fileOf(descriptor)
      file.data = Buffer.concat([file.data, portion(Buffer.concat(chunks))])
      alive()
    },
    readNow,
    read: async (...parameters) => readNow(...parameters),
    async sync(descriptor) {
      const file = fileOf(descriptor)
      const { data } = file
      await Promise.resolve()
      step()
      file.synced = data
    },
    truncate(path, size) {
      step()
      const file = tree.files.get(path)
      if (file !== undefined) file.data = file.data.subarray(0, size)
    },
  }
}

type Naming = 'createDirectory' | 'syncDirectory' | 'rename' | 'remove' | 'removeDirectory'

function naming({ current, durable }: Trees, { alive, step }: Machine): Pick<FileSystem, Naming> {
  function createDirectory(path: string): void {
    alive()
    if (current.directories.has(path)) return
    createDirectory(dirname(path))
    step()
    current.directories.add(path)
  }

  function remove(path: string): void {
    alive()
    if (!current.files.has(path)) return
    step()
    current.files.delete(path)
  }

  return {
    createDirectory,
    remove,
    async syncDirectory(path) {
      await Promise.resolve()
      step()
      syncNames({ current, durable }, path)
    },
    rename(from, to) {
      step()
      const file = current.files.get(from)
      if (file === undefined) throw coded('ENOENT', from)
      current.files.delete(from)
      current.files.set(to, file)
    },
    async removeDirectory(path) {
      const isBelow = (one: string) => one === path || one.startsWith(`${path}/`)
      for (const file of [...current.files.keys()].filter(isBelow)) remove(file)
      for (const directory of [...current.directories].filter(isBelow)) current.directories.delete(directory)
    },
  }
}

function inspecting(
  { files, directories }: Tree,
  { alive }: Machine,
): Pick<FileSystem, 'list' | 'readFile' | 'sizeOf'> {
  return {
    list(path) {
      alive()
      return [...files.keys(), ...directories]
        .filter((one) => one !== '/' && dirname(one) === path)
        .map((one) => basename(one))
    },
    readFile(path) {
      alive()
      return files.get(path)?.data
    },
    sizeOf(path) {
      alive()
      const file = files.get(path)
      if (file === undefined) throw coded('ENOENT', path)
      return file.data.byteLength
    },
  }
}

function syncNames({ current, durable }: Trees, directory: string): void {
  for (const path of [...durable.files.keys(), ...current.files.keys()]) {
    if (dirname(path) !== directory) continue
    const file = current.files.get(path)
    if (file === undefined) durable.files.delete(path)
    else durable.files.set(path, file)
  }
  for (const path of [...durable.directories, ...current.directories]) {
    if (dirname(path) !== directory) continue
    if (current.directories.has(path)) durable.directories.add(path)
    else durable.directories.delete(path)
  }
}

/** Of every change since the last sync, the machine may have made it or not. */
function survivors({ current, durable }: Trees, random: Random): Tree {
  const directories = new Set<string>(['/'])
  for (const path of [...durable.directories, ...current.directories].sort()) {
    const wasMade = durable.directories.has(path) === current.directories.has(path) || random.below(2) === 0
    const isThere = wasMade ? current.directories.has(path) : durable.directories.has(path)
    if (isThere && directories.has(dirname(path))) directories.add(path)
  }
  const files = new Map<string, File>()
  for (const path of new Set([...durable.files.keys(), ...current.files.keys()])) {
    const file = (random.below(2) === 0 ? current : durable).files.get(path)
    if (file === undefined || !directories.has(dirname(path))) continue
    file.data = contentAfterCrash(file, random)
    files.set(path, file)
  }
  return { files, directories }
}

function contentAfterCrash({ data, synced }: File, random: Random): Buffer {
  const isExtended = data.subarray(0, synced.byteLength).equals(synced)
  if (!isExtended) return random.below(2) === 0 ? data : synced
  const size = synced.byteLength + random.below(data.byteLength - synced.byteLength + 1)
  const content = Buffer.from(data.subarray(0, size))
  // A file may have grown before what it grew by was written.
  if (random.below(3) === 0) content.fill(0, synced.byteLength + random.below(size - synced.byteLength + 1))
  return content
}

function coded(code: string, path: string): Error {
  return Object.assign(new Error(`${code}: ${path}`), { code })
}
