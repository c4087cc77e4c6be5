/** Sends requests over one connection, and gives up what is still open in the end. */

import { checkDeclared } from './declared-statuses.ts'
import type { Connection } from './transports.ts'

/** An answer, and what aborts the request that it answers, however much of its body has arrived. */
export interface Exchange {
  readonly response: Response
  abort(): void
}

export interface Requests {
  /** Sends one request. Rejects when the status of its answer is not declared for the operation. */
  send(path: string, init?: RequestInit): Promise<Exchange>
  /** Aborts every request that was ever sent. */
  abortAll(): void
}

export function createRequests(connection: Connection): Requests {
  const controllers = new Set<AbortController>()
  return {
    async send(path, init = {}) {
      const controller = new AbortController()
      controllers.add(controller)
      const request = new Request(connection.baseUrl + path, { ...init, signal: controller.signal })
      const response = await connection.fetch(request)
      checkDeclared(request, response)
      return { response, abort: () => controller.abort() }
    },
    abortAll() {
      for (const controller of controllers) controller.abort()
    },
  }
}
