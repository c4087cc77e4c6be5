/** A thing that is wrong with an event type definition, or worth to know about it. */
export interface Diagnostic {
  /** An `error` keeps the event type from being generated; a `warning` does not. */
  readonly severity: 'error' | 'warning'
  /** What is wrong, in a sentence without its full stop. */
  readonly message: string
  /** What to do about it. */
  readonly remedy?: string
  /** The file it was read from, relative to the folder that was loaded. */
  readonly file?: string
  /** The name of the event type. */
  readonly eventType?: string
  /** JSON pointer (RFC 6901) into the file or, without a file, into the schema. */
  readonly pointer?: string
  /** The place itself: a line of the file, or the value. */
  readonly excerpt?: string
}

/** Writes a diagnostic as text of a few lines, for a terminal. Control characters of the input are shown as `?`. */
export function formatDiagnostic(diagnostic: Diagnostic): string {
  const { severity, message, remedy, file, eventType, pointer, excerpt } = diagnostic
  const place = [file ?? eventType, pointer].filter((part) => part !== undefined && part !== '').join('#')
  const lines = [
    `${place === '' ? '' : `${place}: `}${severity}: ${message}`,
    ...(excerpt === undefined ? [] : [`  ${excerpt}`]),
    ...(remedy === undefined ? [] : [`  ${remedy}`]),
  ]
  return lines.map((line) => line.replace(/[\p{Cc}\p{Cf}]/gu, '?')).join('\n')
}
