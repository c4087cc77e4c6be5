import { expect } from 'vitest'
import { contract } from './contract.ts'

contract('a problem', (it) => {
  it('is a document of title, status and detail, in this order', async ({ fetch }) => {
    const response = await fetch('/event-types/none')
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    expect(await response.text()).toBe(
      '{"title":"Not Found","status":404,"detail":"EventType \\"none\\" does not exist."}',
    )
  })

  it('tells that a path does not exist', async ({ fetch }) => {
    expect((await fetch('/nowhere')).status).toBe(404)
  })

  it('tells which methods a path has', async ({ fetch }) => {
    const response = await fetch('/event-types', { method: 'PATCH' })
    expect(response.status).toBe(405)
    expect(response.headers.get('allow')?.split(/, ?/).sort()).toEqual(
      expect.arrayContaining(['GET', 'POST']),
    )
  })

  it('refuses a content encoding on anything but POST', async ({ fetch }) => {
    const response = await fetch('/event-types', { headers: { 'content-encoding': 'gzip' } })
    expect(response.status).toBe(406)
    expect(await response.json()).toEqual({
      title: 'Not Acceptable',
      status: 406,
      detail: "GET method doesn't support gzip content encoding",
    })
  })

  for (const path of [
    '//',
    '/event-types//events',
    '/event-types/a;b',
    '/event-types/a%2Fb',
    '/event-types/%25',
    '/event-types/a%3Bb',
    '/event-types/a%00b',
  ]) {
    it(`refuses the path ${path}, which a firewall would not let through`, async ({ fetch }) => {
      expect((await fetch(path)).status).toBe(400)
    })
  }
})

contract('the flow id of a request', (it) => {
  it('is sent back', async ({ fetch }) => {
    const response = await fetch('/health', { headers: { 'x-flow-id': 'checkout-1' } })
    expect(response.headers.get('x-flow-id')).toBe('checkout-1')
  })

  it('is made up when there is none', async ({ fetch }) => {
    const [first, second] = [await fetch('/health'), await fetch('/health')]
    expect(first.headers.get('x-flow-id')).toMatch(/^[a-zA-Z0-9]{24}$/)
    expect(second.headers.get('x-flow-id')).not.toBe(first.headers.get('x-flow-id'))
  })

  it('comes with problems too', async ({ fetch }) => {
    const response = await fetch('/event-types/none', { headers: { 'x-flow-id': 'checkout-1' } })
    expect(response.headers.get('x-flow-id')).toBe('checkout-1')
  })
})

contract('the header "Accept"', (it) => {
  it('is tolerated as old HTTP clients send it', async ({ fetch }) => {
    const accept = 'text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2'
    expect((await fetch('/event-types', { headers: { accept } })).status).toBe(200)
  })

  for (const accept of ['*', 'application/*', 'text/html, application/json;q=0.5', 'application/hal+json']) {
    it(`is tolerated when it is "${accept}"`, async ({ fetch }) => {
      expect((await fetch('/event-types', { headers: { accept } })).status).toBe(200)
    })
  }

  it('is refused with 406 when it leaves out JSON', async ({ fetch }) => {
    const response = await fetch('/event-types', { headers: { accept: 'text/html' } })
    expect(response.status).toBe(406)
  })

  it('does not matter to what answers no JSON, nor to what changes something', async (world) => {
    const accept = { accept: 'text/html' }
    expect((await world.fetch('/health', { headers: { accept: 'image/png' } })).status).toBe(200)
    const { id } = await world.subscribe()
    expect((await world.post('/event-types/order.placed/events', [], accept)).status).toBe(200)
    expect((await world.fetch(`/subscriptions/${id}/events`, { headers: accept })).status).toBe(200)
  })

  it('may ask for problems by the name they had before they were standard', async ({ fetch }) => {
    const early = { accept: 'application/x.problem+json' }
    const response = await fetch('/event-types/none', { headers: early })
    expect(response.status).toBe(404)
    expect(response.headers.get('content-type')).toBe('application/x.problem+json')
    const both = { accept: 'application/x.problem+json, application/json' }
    const other = await fetch('/event-types/none', { headers: both })
    expect(other.headers.get('content-type')).toBe('application/problem+json')
  })
})
