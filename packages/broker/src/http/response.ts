const encoder = new TextEncoder()

/** An answer with a text. Its length is told, so that a transport need not send it in chunks. */
export function textual(status: number, text: string, headers: Readonly<Record<string, string>>): Response {
  const body = encoder.encode(text)
  return new Response(body, { status, headers: { 'Content-Length': String(body.byteLength), ...headers } })
}

/** A JSON answer. */
export function json(
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return textual(status, JSON.stringify(value), { 'Content-Type': 'application/json', ...headers })
}

/** An answer without a body. */
export function empty(status: number, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(null, { status, headers })
}
