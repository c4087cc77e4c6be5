import { formatPointer } from '../schema/json-pointer.ts'

/** A place in a file of the source. */
export interface SchemaPlace {
  readonly file: string
  readonly path: readonly string[]
}

/** One text for a place, which is different for every other. */
export function placeKey({ file, path }: SchemaPlace): string {
  return `${file}#${formatPointer(path)}`
}
