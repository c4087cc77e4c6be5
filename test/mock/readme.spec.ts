import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

describe('the README of the mock', () => {
  it('shows the example that is run as a test', () => {
    const readme = readFileSync(new URL('../../packages/mock/README.md', import.meta.url), 'utf8')
    const example = readFileSync(new URL('example.spec.ts', import.meta.url), 'utf8')
    expect(readme).toContain(`\`\`\`ts\n${example}\`\`\``)
  })
})
