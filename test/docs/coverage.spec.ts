// docs/coverage.md says where each answer is provoked. This is whether it says so of all of them.

import { existsSync, readFileSync } from 'node:fs'
import { type Operation, operations } from '@rioni/protocol'
import { describe, expect, it } from 'vitest'

const contract = new URL('../contract/', import.meta.url)

interface Row {
  /** The operation and the status, as `getHealth 200`. */
  readonly answer: string
  /** Empty when the answer is not provoked. */
  readonly file: string
}

const rows: readonly Row[] = readFileSync(new URL('../../docs/coverage.md', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .map((line) => line.split(' | '))
  .map(([operation = '', status = '', file = '']) => ({
    answer: `${operation.replaceAll(/[|` ]/g, '')} ${status}`,
    file: file.trim(),
  }))

const declared = Object.entries<Operation>(operations).flatMap(([id, { answers, problems }]) =>
  [...new Set([...answers, ...problems])].map((status) => `${id} ${status}`),
)

describe('the table of what the contract suite provokes', () => {
  it('has every status that an operation declares, and no other', () => {
    expect(rows.map(({ answer }) => answer).toSorted()).toEqual(declared.toSorted())
  })

  it('names a specification for each', () => {
    expect(rows.filter(({ file }) => file === '').map(({ answer }) => answer)).toEqual([])
  })

  it('names specifications that exist', () => {
    const files = new Set(rows.map(({ file }) => file).filter((file) => file !== ''))
    expect([...files].filter((file) => !existsSync(new URL(file, contract)))).toEqual([])
  })
})
