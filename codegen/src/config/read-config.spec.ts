import { describe, expect, it } from 'vitest'
import { nearestWord } from './nearest-word.ts'
import { readConfig } from './read-config.ts'

const LEAST = { from: 'event-types', out: 'src/events' }

describe('a config', () => {
  it.each([
    LEAST,
    {
      ...LEAST,
      from: ['a', { path: 'b.yaml', eventTypes: { x: '/a', y: { pointer: '/b', category: 'data' } } }],
    },
    {
      ...LEAST,
      include: ['order.*'],
      exclude: [],
      names: { a: 'A' },
      importExtension: '.ts',
      validators: false,
    },
    { ...LEAST, lock: undefined },
  ])('may be %j', (config) => {
    expect(readConfig(config)).toEqual({ ok: true, config })
  })

  it.each([
    { given: 'x', problem: 'the config is not an object' },
    { given: { out: 'a' }, problem: 'from is missing' },
    { given: { from: 'a' }, problem: 'out is missing' },
    { given: { ...LEAST, inclde: [] }, problem: 'inclde is unknown; did you mean include?' },
    { given: { ...LEAST, frobnicate: 1 }, problem: 'frobnicate is unknown' },
    { given: { ...LEAST, constructor: 1 }, problem: 'constructor is unknown' },
    { given: { ...LEAST, include: 'order.*' }, problem: 'include is not a list of texts' },
    { given: { ...LEAST, validators: 'no' }, problem: 'validators is not true or false' },
    { given: { ...LEAST, importExtension: '.mjs' }, problem: 'importExtension is not one of .js, .ts' },
    { given: { ...LEAST, names: { a: '-' } }, problem: 'names is not an object of texts' },
    { given: { ...LEAST, from: [1] }, problem: 'from is neither a path nor an object with a path' },
    {
      given: { ...LEAST, from: { paht: 'a', path: 'b' } },
      problem: 'from.paht is unknown; did you mean path?',
    },
    {
      given: { ...LEAST, from: { path: 'a', eventTypes: { x: {} } } },
      problem: 'from.eventTypes["x"].pointer is missing',
    },
  ])('of $given is refused: $problem', ({ given, problem }) => {
    const read = readConfig(given)
    expect(read.ok ? [] : read.problems).toEqual([problem])
  })
})

describe('the nearest word', () => {
  it.each([
    { typed: 'exmaples', word: 'examples' },
    { typed: 'OUT', word: 'out' },
    { typed: 'something', word: undefined },
  ])('to $typed is $word', ({ typed, word }) => {
    expect(nearestWord(typed, ['examples', 'exclude', 'out'])).toBe(word)
  })
})
