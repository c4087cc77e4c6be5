// What is sent again, when, and how often (client.md 3, rows 5 and 23; 4, row 6).

import { type ClientOptions, createClient } from '@rioni/client'
import { describe, expect, it } from 'vitest'
import { baseUrl, createWorld, orderPlaced, problem, scripted, whileTimePasses } from './world.ts'

/** Lists event types while the broker answers as told; how long that took in milliseconds, and the requests. */
async function listing(answers: readonly (Response | Error)[], options: Partial<ClientOptions> = {}) {
  const { clock } = await createWorld()
  const fetch = scripted(...answers)
  const { eventTypes } = createClient({ baseUrl, clock, fetch, ...options })
  const startedAt = clock.now()
  const result = await whileTimePasses(
    clock,
    eventTypes.list().then(
      () => 'done',
      (error) => error,
    ),
  )
  return { result, tookMs: clock.now() - startedAt, requests: fetch.requests }
}

const done = () => Response.json([])
/** Chance that always chooses the longest wait. */
const longest = { uuid: () => 'flow', below: (n: number) => n - 1 }

describe('a request that reads', () => {
  it('is sent again after 429, when Retry-After says', async () => {
    const { result, tookMs } = await listing([problem(429, 'slow down', { 'retry-after': '7' }), done()])
    expect([result, tookMs >= 7000 && tookMs <= 7200]).toEqual(['done', true])
  })

  it('is sent again at the time that Retry-After names', async () => {
    const { clock } = await createWorld()
    const at = new Date(Math.ceil(clock.now() / 1000) * 1000 + 30_000).toUTCString()
    const { tookMs } = await listing([problem(503, 'later', { 'retry-after': at }), done()])
    expect(tookMs).toBeGreaterThanOrEqual(30_000)
    expect(tookMs).toBeLessThan(32_000)
  })

  it('does not believe a Retry-After beyond its bound', async () => {
    const answers = [problem(503, 'tomorrow', { 'retry-after': '86400' }), done()]
    const { tookMs } = await listing(answers, { retry: { maxRetryAfterMs: 10_000 } })
    expect(tookMs).toBeLessThanOrEqual(10_200)
  })

  it('waits a random time that doubles, up to a bound', async () => {
    const failures = Array.from({ length: 5 }, () => problem(503, 'no'))
    const retry = { maxAttempts: 6, baseDelayMs: 1000, maxDelayMs: 3000 }
    const { result, tookMs } = await listing([...failures, done()], { retry, random: longest })
    // 1 + 2 + 3 + 3 + 3 seconds, in steps of a tenth.
    expect([result, Math.round(tookMs / 1000)]).toEqual(['done', 12])
  })

  it('gives up after the last attempt, and says how many there were', async () => {
    const failures = [1, 2, 3].map(() => problem(503, 'no'))
    const { result, requests } = await listing(failures)
    expect(result).toMatchObject({
      code: 'unavailable',
      attempts: 3,
      retryable: true,
      flowId: expect.any(String),
    })
    expect(new Set(requests.map(({ headers }) => headers.get('x-flow-id')))).toEqual(new Set([result.flowId]))
  })

  for (const status of [400, 403, 404, 409, 410, 412, 422, 501]) {
    it(`is not sent again after ${status}, which does not pass`, async () => {
      const { result, requests } = await listing([problem(status, 'no')])
      expect([result.retryable, result.outcome, requests.length]).toEqual([false, 'rejected', 1])
    })
  }
})

describe('a request that writes', () => {
  const table = [
    { answer: () => problem(503, 'no'), again: true, because: 'it was refused' },
    { answer: () => problem(429, 'no'), again: true, because: 'it was refused' },
    { answer: () => problem(500, 'no'), again: false, because: 'it may have been carried out' },
    { answer: () => problem(504, 'no'), again: false, because: 'it may have been carried out' },
  ]
  for (const { answer, again, because } of table) {
    it(`and cannot be repeated is ${again ? '' : 'not '}sent again after ${answer().status}: ${because}`, async () => {
      const { clock } = await createWorld()
      const fetch = scripted(answer(), new Response(null, { status: 201 }))
      const creation = createClient({ baseUrl, clock, fetch }).eventTypes.create(orderPlaced())
      await whileTimePasses(
        clock,
        creation.catch(() => undefined),
      )
      expect(fetch.requests.length).toBe(again ? 2 : 1)
    })
  }

  it('and says how something shall be is sent again although it may have been carried out', async () => {
    const { clock } = await createWorld()
    const fetch = scripted(problem(504, 'no'), new Response(null, { status: 204 }))
    const { settings } = createClient({ baseUrl, clock, fetch })
    await whileTimePasses(clock, settings.setFeature({ feature: 'kpi_collection', enabled: true }))
    expect(fetch.requests.length).toBe(2)
  })
})
