/**
 * Keeps events and state in files, so that they outlive the process. Apart from the main entry, which needs no file
 * system.
 *
 * @module
 */

export { createDiskStorage, type DiskStorageOptions } from './storage/disk/disk-storage.ts'
export { DiskStorageError, type DiskStorageErrorCode } from './storage/disk/disk-storage-error.ts'
export type { Descriptor, FileSystem, OpenMode } from './storage/disk/file-system.ts'
export type { FsyncPolicy } from './storage/disk/group-commit.ts'
