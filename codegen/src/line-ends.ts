/**
 * A text with the line ends that generated files have. A checkout of Git may have made CRLF of them, which changes nothing
 * that anybody has written.
 */
export function withPlainLineEnds(text: string): string {
  return text.includes('\r') ? text.replaceAll('\r\n', '\n') : text
}
