import { describe, expect, it } from 'vitest'
import { systemRandom } from './random.ts'

describe('an identifier by chance', () => {
  const many = Array.from({ length: 2000 }, () => systemRandom.uuid())

  it('is a UUID of version 4 (RFC 9562, section 5.4)', () => {
    const form = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
    expect(many.filter((uuid) => !form.test(uuid))).toEqual([])
  })

  it('is another one each time', () => expect(new Set(many).size).toBe(many.length))

  it('has every digit in every place that is by chance', () => {
    const fixed = new Set([8, 13, 14, 18, 19, 23])
    for (let place = 0; place < 36; place++) {
      const digits = new Set(many.map((uuid) => uuid[place]))
      if (!fixed.has(place)) expect(digits.size).toBe(16)
    }
  })
})
