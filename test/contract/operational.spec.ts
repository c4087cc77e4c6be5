import { expect } from 'vitest'
import { contract } from './contract.ts'

contract('a broker in operation', (it) => {
  it('is healthy', async ({ fetch }) => {
    const response = await fetch('/health')
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toMatch(/^text\/plain/)
    expect(await response.text()).toBe('OK')
  })

  it('tells where its source is, if it knows', async ({ fetch }) => {
    expect(await (await fetch('/version')).json()).toEqual({ scm_source: null })
  })

  it('lists the partition strategies', async ({ fetch }) => {
    const response = await fetch('/registry/partition-strategies')
    expect(await response.json()).toEqual(['hash', 'user_defined', 'random'])
  })

  it('lists the enrichment strategies', async ({ fetch }) => {
    expect(await (await fetch('/registry/enrichment-strategies')).json()).toEqual(['metadata_enrichment'])
  })
})
