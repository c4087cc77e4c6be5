// Routing: a URL and a method to the handler of an operation, by the table of operations.

import { type OperationId, operations } from '@rioni/protocol'
import { type Context, Hono } from 'hono'
import { refuseAccept } from './accept.ts'
import { createAvroSchemaHandlers } from './avro-schemas.ts'
import { createCursorOperationHandlers } from './cursor-operations.ts'
import { createCursorHandlers } from './cursors.ts'
import { createEventStreamHandlers } from './event-streams.ts'
import { createEventTypeHandlers } from './event-types.ts'
import type { BrokerContext, Handler, Handlers, RequestNotes } from './handler.ts'
import { createOperationalHandlers } from './operational.ts'
import { createPartitionCountHandlers } from './partition-count.ts'
import { createPartitionHandlers } from './partitions.ts'
import { problem, shuttingDown } from './problem.ts'
import { createPublishingHandlers } from './publishing.ts'
import { readBody } from './request-body.ts'
import { createSchemaHandlers } from './schemas.ts'
import { createSettingsHandlers } from './settings.ts'
import { createStatsHandlers } from './stats.ts'
import { createStorageHandlers } from './storages.ts'
import { createStreamHandlers } from './streams.ts'
import { createSubscriptionHandlers } from './subscriptions.ts'
import { createTimelineHandlers } from './timelines.ts'

/** Answers a request and notes what it learns of it. Rejects when a handler fails. */
export type Route = (request: Request, notes: RequestNotes) => Promise<Response>

/** Composes the handlers of all resources. */
export function createRoute(context: BrokerContext): Route {
  const handlers: Handlers = {
    ...createOperationalHandlers(context),
    ...createEventTypeHandlers(context),
    ...createSchemaHandlers(context),
    ...createPartitionHandlers(context),
    ...createPartitionCountHandlers(context),
    ...createCursorOperationHandlers(context),
    ...createTimelineHandlers(context),
    ...createStorageHandlers(context),
    ...createPublishingHandlers(context),
    ...createAvroSchemaHandlers(),
    ...createSubscriptionHandlers(context),
    ...createStatsHandlers(context),
    ...createCursorHandlers(context),
    ...createStreamHandlers(context),
    ...createEventStreamHandlers(context),
    ...createSettingsHandlers(context),
  }
  const app = createRouter(handlers, context)
  return async (request, notes) => await app.fetch(request, notes)
}

interface RouterEnvironment {
  readonly Bindings: RequestNotes
}

function createRouter(handlers: Handlers, context: BrokerContext): Hono<RouterEnvironment> {
  const app = new Hono<RouterEnvironment>()
  const allowed = new Map<string, string[]>()
  for (const [name, handler] of Object.entries(handlers)) {
    // Object.entries widens the keys of `Handlers` to strings.
    const id = name as OperationId
    const { method, path } = operations[id]
    app.on(method, toHonoPath(path), (c) => answer(c, { id, handler }, context))
    allowed.set(path, [...(allowed.get(path) ?? []), method])
  }
  // Reached only when no operation of the path has the method.
  for (const [path, methods] of allowed) {
    app.all(toHonoPath(path), async (c) => {
      const principal = await context.authenticate(c.req.raw.headers, undefined)
      return principal instanceof Response ? principal : methodNotAllowed(c.req.method, methods)
    })
  }
  app.notFound(async (c) => {
    const principal = await context.authenticate(c.req.raw.headers, undefined)
    if (principal instanceof Response) return principal
    return problem(404, `There is no resource at ${c.req.path}`)
  })
  app.onError((error) => {
    throw error
  })
  return app
}

async function answer(
  c: Context<RouterEnvironment>,
  { id, handler }: { readonly id: OperationId; readonly handler: Handler },
  { access, authenticate, clock, gate, limits, recorder }: BrokerContext,
): Promise<Response> {
  const notes = c.env
  notes.operation = id
  const request = c.req.raw
  const unacceptable = refuseAccept(id, request.headers.get('Accept'))
  if (unacceptable !== undefined) return unacceptable
  const path = c.req.param()
  const principal = await authenticate(request.headers, id)
  if (principal instanceof Response) return principal
  notes.subject = principal.subject
  // Before the body is read: who may not do it need not send it.
  const refusal = access.refuse(id, { principal, path })
  if (refusal !== undefined) return refusal
  const body = await readBody(request, limits.maxBodyBytes)
  if (!body.ok) return body.response
  const { searchParams: query } = new URL(request.url)
  const { headers, signal } = request
  const { flowId } = notes
  const receivedAt = clock.now()
  const routed = { path, principal, query, headers, signal, flowId, receivedAt, body: body.value }
  const response = await (gate.enter(() =>
    recorder.actingAs({ user: principal.subject, flowId }, () => handler(routed)),
  ) ?? shuttingDown())
  if (request.method === 'HEAD') await response.body?.cancel()
  return response
}

function methodNotAllowed(method: string, allowed: readonly string[]): Response {
  return problem(405, `Request method '${method}' not supported`, { Allow: allowed.join(',') })
}

function toHonoPath(path: string): string {
  return path.replace(/\{(\w+)\}/g, ':$1')
}
