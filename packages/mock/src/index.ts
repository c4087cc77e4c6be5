/**
 * The reference broker inside a test: answered by MSW, and with a clock that the test moves.
 *
 * @module
 */

export { createManualClock, type ManualClock } from '@rioni/broker'
export { createMockBroker, type MockBroker, type MockBrokerOptions } from './mock-broker.ts'
export { type BrokerFetch, nakadiHandlers } from './nakadi-handlers.ts'
