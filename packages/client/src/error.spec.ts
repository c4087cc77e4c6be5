import { describe, expect, it } from 'vitest'
import { NakadiError, partsOfError } from './error.ts'

const error = new NakadiError({
  code: 'validation',
  message: 'It cannot be.',
  outcome: 'rejected',
  problem: { title: 'Unprocessable Entity', status: 422, detail: 'no' },
  flowId: 'flow-1',
  attempts: 2,
  cause: Object.assign(new TypeError('fetch failed'), { code: 'ECONNRESET', self: {} as unknown }),
})

describe('an error as JSON (13)', () => {
  it('says everything that a log needs', () => {
    expect(JSON.parse(JSON.stringify(error))).toEqual({
      name: 'NakadiError',
      code: 'validation',
      message: '[validation] It cannot be. (2 attempts, flow id flow-1)',
      outcome: 'rejected',
      retryable: false,
      problem: { title: 'Unprocessable Entity', status: 422, detail: 'no' },
      flowId: 'flow-1',
      attempts: 2,
      cause: { name: 'TypeError', message: 'fetch failed', code: 'ECONNRESET' },
    })
  })

  it('is printed although its cause leads back to itself', () => {
    const circular: { error?: Error } & Error = new Error('loop')
    const outer = new NakadiError({ code: 'token', message: 'm', outcome: 'not-sent', cause: circular })
    circular.error = outer
    expect(() => JSON.stringify(outer)).not.toThrow()
  })

  it('has a cause that is no error as text', () => {
    const { cause } = new NakadiError({
      code: 'aborted',
      message: 'm',
      outcome: 'unknown',
      cause: 'Ctrl-C',
    }).toJSON()
    expect(cause).toEqual({ name: 'string', message: 'Ctrl-C' })
  })
})

describe('an error that is made again', () => {
  it('is the same but for what is known later', () => {
    const first = new NakadiError({
      code: 'token',
      message: 'No token.',
      outcome: 'not-sent',
      retryable: true,
    })
    const again = new NakadiError({ ...partsOfError(first), attempts: 3 })
    expect(again.message).toBe('[token] No token. (3 attempts)')
    expect(again).toMatchObject({ code: 'token', outcome: 'not-sent', retryable: true })
  })
})
