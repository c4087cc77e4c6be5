import type { DefinitionOrigin } from './event-type-definition.ts'

/** The place of a pointer into a schema, in the file that this part of the schema came from. */
export function placeInFile(
  origin: DefinitionOrigin | undefined,
  pointer: string,
): { readonly file?: string; readonly pointer: string } {
  if (origin === undefined) return { pointer }
  const part = origin.parts?.find((copied) => `${pointer}/`.startsWith(`${copied.pointer}/`))
  if (part === undefined) return { file: origin.file, pointer: `${origin.schemaPointer}${pointer}` }
  return { file: part.file, pointer: `${part.filePointer}${pointer.slice(part.pointer.length)}` }
}
