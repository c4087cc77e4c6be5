import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { parseProblem } from './parse-problem.ts'

const JSON_PROBLEM = 'application/problem+json'

describe('an error response', () => {
  const table = [
    {
      title: 'with a problem document gives that problem',
      given: {
        status: 404,
        contentType: JSON_PROBLEM,
        body: '{"title":"Not Found","status":404,"detail":"EventType \\"a\\" does not exist."}',
      },
      want: { title: 'Not Found', status: 404, detail: 'EventType "a" does not exist.' },
    },
    {
      title: 'keeps the extensions of its problem document',
      given: {
        status: 400,
        contentType: JSON_PROBLEM,
        body: '{"type":"https://zalando.github.io/problem/constraint-violation","title":"Constraint Violation","status":400,"violations":[{"field":"a","message":"b"}]}',
      },
      want: {
        type: 'https://zalando.github.io/problem/constraint-violation',
        title: 'Constraint Violation',
        status: 400,
        violations: [{ field: 'a', message: 'b' }],
      },
    },
    {
      title: 'is known by its own status, whatever the document says',
      given: { status: 503, contentType: JSON_PROBLEM, body: '{"title":"Nope","status":200}' },
      want: { title: 'Nope', status: 503 },
    },
    {
      title: 'with an OAuth error gives its code as title and its description as detail',
      given: {
        status: 401,
        contentType: 'application/json',
        body: '{"error":"invalid_token","error_description":"Access token not valid"}',
      },
      want: {
        title: 'invalid_token',
        status: 401,
        detail: 'Access token not valid',
        error: 'invalid_token',
        error_description: 'Access token not valid',
      },
    },
    {
      title: 'with the default error of the web framework gives its error and message',
      given: {
        status: 404,
        contentType: 'application/json',
        body: '{"timestamp":1,"status":404,"error":"Not Found","message":"No message available","path":"/x"}',
      },
      want: {
        title: 'Not Found',
        status: 404,
        detail: 'No message available',
        timestamp: 1,
        error: 'Not Found',
        message: 'No message available',
        path: '/x',
      },
    },
    {
      title: 'with JSON members of the wrong types falls back to the name of its status',
      given: {
        status: 500,
        contentType: 'application/json',
        body: '{"type":1,"title":null,"status":"x","detail":[],"instance":{}}',
      },
      want: { title: 'Internal Server Error', status: 500 },
    },
    {
      title: 'with JSON that is no object quotes it',
      given: { status: 422, contentType: 'application/json', body: '[{"publishing_status":"failed"}]' },
      want: { title: 'Unprocessable Entity', status: 422, detail: '[{"publishing_status":"failed"}]' },
    },
    {
      title: 'with the HTML of a proxy quotes its text without tags, scripts and styles',
      given: {
        status: 502,
        contentType: 'text/html; charset=utf-8',
        body: '<html>\r\n<head><title>502 Bad Gateway</title><style>b{}</style><script>if (1<2) f()</script></head>\r\n<body><!-- x --><h1>Bad gateway</h1><hr>nginx</body></html>',
      },
      want: { title: 'Bad Gateway', status: 502, detail: '502 Bad Gateway Bad gateway nginx' },
    },
    {
      title: 'with HTML that does not say so is recognised',
      given: { status: 503, body: '<!DOCTYPE html><p>Down for <b>maintenance' },
      want: { title: 'Service Unavailable', status: 503, detail: 'Down for maintenance' },
    },
    {
      title: 'with plain text quotes it, angle brackets included',
      given: { status: 504, contentType: 'text/plain', body: 'upstream <broker>\ntimed out\u001b[31m' },
      want: { title: 'Gateway Timeout', status: 504, detail: 'upstream <broker> timed out [31m' },
    },
    {
      title: 'with a truncated document quotes what came',
      given: { status: 500, contentType: JSON_PROBLEM, body: '{"title":"Inter' },
      want: { title: 'Internal Server Error', status: 500, detail: '{"title":"Inter' },
    },
    {
      title: 'without a body has the name of its status as title',
      given: { status: 429, contentType: null, body: '' },
      want: { title: 'Too Many Requests', status: 429 },
    },
    {
      title: 'with a status that has no name is named by its number',
      given: { status: 599, body: ' ' },
      want: { title: 'Status 599', status: 599 },
    },
  ]

  for (const { title, given, want } of table) it(title, () => expect(parseProblem(given)).toEqual(want))

  it('quotes 200 characters of a huge text and never half a character', () => {
    const problem = parseProblem({ status: 500, body: '𝄞'.repeat(1_000_000) })
    expect(problem.detail).toBe(`${'𝄞'.repeat(199)}…`)
  })

  it('quotes the beginning of a JSON document that is too large to be a problem', () => {
    const problem = parseProblem({ status: 500, body: JSON.stringify({ title: 'x'.repeat(40_000) }) })
    expect(problem).toEqual({
      title: 'Internal Server Error',
      status: 500,
      detail: `{"title":"${'x'.repeat(189)}…`,
    })
  })

  it('cannot set the prototype of the problem', () => {
    const problem = parseProblem({ status: 500, body: '{"__proto__":{"detail":"forged"}}' })
    expect(problem.detail).toBeUndefined()
    expect(Object.getPrototypeOf(problem)).toBe(Object.prototype)
  })

  it('always gives a title, its own status, and text where text is promised', () => {
    const member = fc.constantFrom('type', 'title', 'status', 'detail', 'instance', 'error', 'message', 'x')
    const body = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.json(),
      fc.dictionary(member, fc.jsonValue()).map((document) => JSON.stringify(document)),
      fc
        .array(fc.constantFrom('<', '>', '<script', '</script>', '<!--', '-->', 'a', ' '))
        .map((a) => a.join('')),
    )
    const contentType = fc.constantFrom(undefined, null, '', 'text/html', 'text/plain', JSON_PROBLEM)
    fc.assert(
      fc.property(fc.integer({ min: 400, max: 599 }), contentType, body, (status, type, text) => {
        const problem = parseProblem({ status, contentType: type, body: text })
        expect(problem.status).toBe(status)
        expect(problem.title).not.toBe('')
        for (const key of ['type', 'title', 'detail', 'instance'] as const) {
          expect(['string', 'undefined']).toContain(typeof problem[key])
        }
      }),
    )
  })
})
