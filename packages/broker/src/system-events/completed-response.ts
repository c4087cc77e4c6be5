/**
 * Tells when a response has been sent to its end, or given up, and how many bytes of body that were. A body
 * whose length is known counts as sent at once; a stream is followed to its end.
 *
 * @returns the response to send instead
 */
export function whenCompleted(response: Response, onCompleted: (bytes: number) => void): Response {
  const length = response.headers.get('Content-Length')
  if (response.body === null || length !== null) {
    onCompleted(Number(length ?? 0))
    return response
  }
  return new Response(counted(response.body, onCompleted), response)
}

/** The same body, without a buffer of its own: who reads slowly slows down whoever writes, as before. */
function counted(
  body: ReadableStream<Uint8Array>,
  onCompleted: (bytes: number) => void,
): ReadableStream<Uint8Array> {
  const reader = body.getReader()
  let bytes = 0
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await reader.read()
          if (!done) {
            bytes += value.byteLength
            controller.enqueue(value)
            return
          }
          onCompleted(bytes)
          controller.close()
        } catch (error) {
          onCompleted(bytes)
          controller.error(error)
        }
      },
      async cancel(reason) {
        onCompleted(bytes)
        await reader.cancel(reason)
      },
    },
    { highWaterMark: 0 },
  )
}
