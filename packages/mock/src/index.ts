/**
 * The reference broker inside a test.
 *
 * @module
 */

export { type BrokerFetch, nakadiHandlers } from './nakadi-handlers.ts'
