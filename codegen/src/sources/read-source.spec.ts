import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { readSource } from './read-source.ts'

describe('a document as a source', () => {
  it('comes with the files that it refers to, those among them that only a mapping names', () => {
    const path = fileURLToPath(new URL('../../golden/openapi-files/api.yaml', import.meta.url))
    const { texts, entry, diagnostics } = readSource(path)
    expect({ entry, diagnostics }).toEqual({ entry: 'api.yaml', diagnostics: [] })
    expect([...texts.keys()].sort()).toEqual([
      'api.yaml',
      'schemas/Cat.yaml',
      'schemas/Dog.yaml',
      'schemas/Pet.yaml',
      'schemas/Toy.yaml',
      'schemas/toys/Ball.yaml',
      'schemas/toys/Bone.yaml',
    ])
  })
})
