import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hashPartition } from './hash-partition.ts'
import { javaStringHash } from './java-hash.ts'

describe("Java's hash of a text", () => {
  it.each([
    { given: '', want: 0 },
    { given: 'hello', want: 99162322 },
    { given: 'polygenelubricants', want: -2147483648 },
    { given: 'Aa', want: 2112 },
    { given: 'BB', want: 2112 },
    { given: '\u{1f600}', want: 1772899 },
  ])('of "$given" is $want', ({ given, want }) => {
    expect(javaStringHash(given)).toBe(want)
  })

  it('is the polynomial in 31, modulo 2 ** 32', () => {
    return fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const units = [...Array(text.length).keys()].map((index) => BigInt(text.charCodeAt(index)))
        const sum = units.reduce((hash, unit) => hash * 31n + unit, 0n)
        expect(javaStringHash(text)).toBe(Number(BigInt.asIntN(32, sum)))
      }),
    )
  })
})

describe('the partition for some keys', () => {
  const names = (count: number): string[] => [...Array(count).keys()].map(String).sort()

  it('is the remainder of the hash', () => {
    expect(hashPartition(['hello'], names(8))).toBe('2')
    expect(hashPartition(['Aa'], names(5))).toBe('2')
  })

  it('is the distance from zero of a negative remainder', () => {
    expect(javaStringHash('hello world')).toBe(1794106052)
    expect(javaStringHash('order-1')).toBe(-1207111310)
    expect(hashPartition(['order-1'], names(8))).toBe('6')
    expect(hashPartition(['polygenelubricants'], names(3))).toBe('2')
    expect(hashPartition(['polygenelubricants'], names(8))).toBe('0')
  })

  it('takes the sum of the hashes, which wraps', () => {
    expect(hashPartition(['polygenelubricants', 'polygenelubricants'], names(7))).toBe('0')
    expect(hashPartition(['a', 'b'], names(7))).toBe(hashPartition(['b', 'a'], names(7)))
  })

  it('counts partitions in the order of their names as strings', () => {
    expect(hashPartition(['\u0002'], names(12))).toBe('10')
  })

  it('is one of the partitions', () => {
    return fc.assert(
      fc.property(fc.array(fc.string()), fc.integer({ min: 1, max: 20 }), (keys, count) => {
        expect(names(count)).toContain(hashPartition(keys, names(count)))
      }),
    )
  })
})
