/** Sends requests over one connection, and gives up what is still open in the end. */

import { checkDeclared } from './declared-answers.ts'
import type { Connection } from './transports.ts'

/** An answer, and what aborts the request that it answers, however much of its body has arrived. */
export interface Exchange {
  readonly response: Response
  abort(): void
}

export interface Requests {
  /** Sends one request. Rejects when its answer is not declared for the operation. */
  send(path: string, init?: RequestInit): Promise<Exchange>
  /** The same connection, with another token in every request; undefined is none. */
  as(token: string | undefined): Requests
  /** Aborts every request that was ever sent. */
  abortAll(): void
}

/** @param token what requests are authorized by, unless they say it themselves; undefined is nothing */
export function createRequests(connection: Connection, token?: string): Requests {
  return authorized({ connection, controllers: new Set() }, token)
}

interface Sending {
  readonly connection: Connection
  readonly controllers: Set<AbortController>
}

function authorized(sending: Sending, token: string | undefined): Requests {
  const { connection, controllers } = sending
  return {
    as: (other) => authorized(sending, other),
    async send(path, init = {}) {
      const controller = new AbortController()
      controllers.add(controller)
      const request = new Request(connection.baseUrl + path, { ...init, signal: controller.signal })
      if (token !== undefined && !request.headers.has('authorization')) {
        request.headers.set('authorization', `Bearer ${token}`)
      }
      const response = await connection.fetch(request)
      await checkDeclared(request, response)
      return { response, abort: () => controller.abort() }
    },
    abortAll() {
      for (const controller of controllers) controller.abort()
    },
  }
}
