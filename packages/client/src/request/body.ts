/** A body, or as much of it as was wanted. */
export interface BodyText {
  readonly text: string
  /** Whether the body went on after `text`. */
  readonly truncated: boolean
}

/**
 * Reads a body as UTF-8, at most `maxBytes` of it. What lies beyond is not downloaded: leaving the
 * iteration early releases the connection.
 */
export async function readText(body: AsyncIterable<Uint8Array>, maxBytes: number): Promise<BodyText> {
  const decoder = new TextDecoder()
  let [text, bytes] = ['', 0]
  for await (const chunk of body) {
    const wanted = chunk.subarray(0, maxBytes - bytes)
    text += decoder.decode(wanted, { stream: true })
    bytes += wanted.byteLength
    if (wanted.byteLength < chunk.byteLength) return { text, truncated: true }
  }
  return { text: text + decoder.decode(), truncated: false }
}
