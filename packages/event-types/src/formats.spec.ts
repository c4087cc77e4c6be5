import { describe, expect, it } from 'vitest'
import { FORMATS } from './formats.ts'

const cases = [
  {
    format: 'uri',
    valid: ['http://a.b/c?d=e#f', 'mailto:x', 'urn:x:y', 'http://[::1]:80/', 'http://x/é', 'http://x?q=[a]'],
    invalid: [
      'foo',
      '/path',
      'http:',
      'http://',
      'http://a b',
      'http://x/%zz',
      'http://[x]/',
      '1:2',
      'a:b#c#d',
    ],
  },
  {
    format: 'uri-reference',
    valid: ['foo', '', '//x', '/path', '#', '?', 'http://x'],
    invalid: ['a b', '1:2', 'a:', '{x}', '[x]'],
  },
  {
    format: 'email',
    valid: ['a@b.com', 'a.b+c@x.co.uk', '"a b"@x.com', 'a@[127.0.0.1]', "o'x@c.com"],
    invalid: ['a', '@x.com', 'a@', 'a@b', '.a@b.com', 'a..b@c.com', 'a b@c.com', 'a@-b.com', 'a@[x]'],
  },
  {
    format: 'ipv4',
    valid: ['1.2.3.4', '255.255.255.255'],
    invalid: ['1.2.3', '256.1.1.1', '01.2.3.4', '1.2.3.4 ', '::1'],
  },
  {
    format: 'ipv6',
    valid: ['::', '::1', '1::', '1:2:3:4:5:6:7:8', '::ffff:1.2.3.4', '1:2:3:4:5:6:1.2.3.4'],
    invalid: [
      '1:2:3',
      '1::2::3',
      'g::',
      '12345::',
      '::1.2.3.256',
      '1:2:3:4:5:6:7:8:9',
      'fe80::1%eth0',
      '1.2.3.4',
    ],
  },
  {
    format: 'hostname',
    valid: ['a', 'localhost', 'a.de', 'xn--bcher-kva.com', `${'x'.repeat(63)}.com`],
    invalid: ['', '-a', 'a-', 'a_b', 'a..de', 'a.de.', '1.2', `${'x'.repeat(64)}.com`],
  },
  { format: 'iso-4217', valid: ['EUR', 'DEM'], invalid: ['eur', 'EURO', 'ABC', ''] },
  { format: 'ISO-4217', valid: ['JPY'], invalid: ['Jpy'] },
]

describe.each(cases)('the format $format', ({ format, valid, invalid }) => {
  it.each(valid)('takes %j', (text) => {
    expect(FORMATS.get(format)?.(text)).toBeUndefined()
  })

  it.each(invalid)('refuses %j', (text) => {
    expect(FORMATS.get(format)?.(text)).toContain(`[${text}] is not a valid`)
  })
})
