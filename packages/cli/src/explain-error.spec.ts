import { NakadiError, type NakadiErrorCode } from '@rioni/client'
import { describe, expect, it } from 'vitest'
import { explainError } from './explain-error.ts'

function systemError(code: string, fields: object): Error {
  return Object.assign(new Error(`${code}: raw`), { code, syscall: 'x', ...fields })
}

describe('an error of the operating system', () => {
  it.each([
    { code: 'EADDRINUSE', fields: { port: 80, address: '::1' }, message: 'port 80 on ::1 is already in use' },
    {
      code: 'EADDRNOTAVAIL',
      fields: { address: '192.0.2.1' },
      message: 'this machine has no address 192.0.2.1',
    },
    { code: 'ENOTFOUND', fields: { hostname: 'nowhere' }, message: 'the host name nowhere is unknown' },
    { code: 'EACCES', fields: { port: 80 }, message: 'not allowed to listen on port 80' },
    { code: 'EACCES', fields: { path: '/root/x' }, message: 'not allowed to use /root/x' },
    { code: 'ENOENT', fields: { path: 'x.json' }, message: 'there is no x.json' },
    { code: 'EEXIST', fields: { path: 'out' }, message: 'out exists and is no folder' },
    { code: 'ENOENT', fields: { path: 'a/b', syscall: 'mkdir' }, message: 'the folder a/b cannot be made' },
    { code: 'EROFS', fields: { path: 'x' }, message: 'x is on a file system that is read-only' },
    { code: 'ENOTDIR', fields: { path: 'x.json', syscall: 'scandir' }, message: 'x.json is not a folder' },
    { code: 'ENOTDIR', fields: { path: 'x/y' }, message: 'x/y cannot be: it would be in a file' },
    { code: 'ENOSPC', fields: { path: 'x' }, message: 'the disk is full, there is no room for x' },
    { code: 'EISDIR', fields: {}, message: 'the input is a folder' },
    { code: 'ENOSPC', fields: {}, message: 'the disk is full' },
  ])('$code becomes "$message" with a remedy', ({ code, fields, message }) => {
    expect(explainError(systemError(code, fields))).toEqual({ message, remedy: expect.stringMatching(/\.$/) })
  })

  it('that is unknown keeps its own words', () => {
    expect(explainError(systemError('EWEIRD', {}))).toEqual({ message: 'EWEIRD: raw' })
  })
})

describe('an error of the client', () => {
  function nakadiError(code: NakadiErrorCode, cause?: unknown): NakadiError {
    return new NakadiError({ code, message: 'What happened.', outcome: 'not-sent', cause })
  }

  it.each([
    { code: 'unreachable' as const, remedy: "'rioni broker'" },
    { code: 'unauthorized' as const, remedy: '--token-file' },
    { code: 'token' as const, remedy: 'RIONI_TOKEN' },
  ])('$code comes with a remedy about $remedy', ({ code, remedy }) => {
    const explanation = explainError(nakadiError(code))
    expect(explanation.message).toBe(`[${code}] What happened.`)
    expect(explanation.remedy).toContain(remedy)
  })

  it('says why the token could not be read', () => {
    const cause = systemError('ENOENT', { path: 'token' })
    expect(explainError(nakadiError('token', cause)).message).toBe(
      '[token] What happened. (there is no token)',
    )
  })

  it('speaks of the flag and the variable instead of the option of the client', () => {
    const message = 'getEventType (GET http://b/event-types/baseUrl): no connection. Check baseUrl and DNS.'
    const error = new NakadiError({ code: 'unreachable', message, outcome: 'not-sent' })
    expect(explainError(error).message).toBe(
      '[unreachable] getEventType (GET http://b/event-types/baseUrl): no connection. Check --url or RIONI_URL and DNS.',
    )
  })

  it('keeps other causes to itself', () => {
    expect(explainError(nakadiError('protocol', new Error('secret'))).message).toBe(
      '[protocol] What happened.',
    )
  })
})

describe('anything else', () => {
  it('is told in its own words', () => {
    expect(explainError(new SyntaxError('odd'))).toEqual({ message: 'odd' })
    expect(explainError('text')).toEqual({ message: 'text' })
  })
})
