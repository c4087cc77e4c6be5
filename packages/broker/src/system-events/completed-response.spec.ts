import { describe, expect, it } from 'vitest'
import { whenCompleted } from './completed-response.ts'

function scene(body: string | ReadableStream<Uint8Array> | null, headers: Record<string, string> = {}) {
  const completed: number[] = []
  const response = whenCompleted(new Response(body, { status: 201, headers }), (bytes) =>
    completed.push(bytes),
  )
  return { response, completed }
}

const chunks = (...texts: readonly string[]) =>
  new ReadableStream<Uint8Array>({
    start(controller) {
      for (const text of texts) controller.enqueue(new TextEncoder().encode(text))
      controller.close()
    },
  })

describe('a response that is followed to its end', () => {
  it('is complete at once without a body', () => {
    expect(scene(null).completed).toEqual([0])
  })

  it('is complete at once when its length is known', () => {
    expect(scene('abc', { 'Content-Length': '3' }).completed).toEqual([3])
  })

  it('is complete when its stream has been read, and stays what it was', async () => {
    const { response, completed } = scene(chunks('ab', 'c'), { 'X-Header': 'x' })
    expect(completed).toEqual([])
    expect([response.status, response.headers.get('X-Header'), await response.text()]).toEqual([
      201,
      'x',
      'abc',
    ])
    expect(completed).toEqual([3])
  })

  it('is complete when its reader gives up, which the writer learns', async () => {
    let cancelled: unknown
    const body = new ReadableStream<Uint8Array>({
      cancel(reason) {
        cancelled = reason
      },
    })
    const { response, completed } = scene(body)
    await response.body?.cancel('enough')
    expect([completed, cancelled]).toEqual([[0], 'enough'])
  })

  it('is complete when its stream breaks, which the reader learns', async () => {
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.error(new Error('broken'))
      },
    })
    const { response, completed } = scene(body)
    await expect(response.text()).rejects.toThrow('broken')
    expect(completed).toEqual([0])
  })
})
