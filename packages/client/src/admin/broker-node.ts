import type { Metrics, Version } from '@rioni/protocol'
import type { Call, CallOptions } from '../request/call.ts'

/** The node of the broker that answers. Behind a load balancer each call may reach another one. */
export interface BrokerNode {
  /**
   * Resolves while the node is up. Needs no token.
   *
   * @throws NakadiError `unavailable` when the node is stopping, `unreachable` when there is none.
   */
  checkHealth(options?: CallOptions): Promise<void>
  version(options?: CallOptions): Promise<Version>
  metrics(options?: CallOptions): Promise<Metrics>
  requestMetrics(options?: CallOptions): Promise<Metrics>
  streamMetrics(options?: CallOptions): Promise<Metrics>
  /** The metrics in the text format of Prometheus. Rioni's broker answers this; Nakadi itself shows them elsewhere. */
  prometheusMetrics(options?: CallOptions): Promise<string>
  /** The node's own OpenAPI document. */
  apiDefinition(options?: CallOptions): Promise<Readonly<Record<string, unknown>>>
}

/** What one client can ask a node about itself. */
export function createBrokerNode(call: Call): BrokerNode {
  return {
    async checkHealth(options) {
      await call({ operation: 'getHealth', parameters: {}, options })
    },
    async version(options) {
      return (await call({ operation: 'getVersion', parameters: {}, options })).body
    },
    async metrics(options) {
      return (await call({ operation: 'getMetrics', parameters: {}, options })).body
    },
    async requestMetrics(options) {
      return (await call({ operation: 'getRequestMetrics', parameters: {}, options })).body
    },
    async streamMetrics(options) {
      return (await call({ operation: 'getStreamMetrics', parameters: {}, options })).body
    },
    async prometheusMetrics(options) {
      return (await call({ operation: 'getPrometheusMetrics', parameters: {}, options })).body
    },
    async apiDefinition(options) {
      return (await call({ operation: 'getApiDefinition', parameters: {}, options })).body
    },
  }
}
