// Puts the parts together that all handlers work on.

import { normalizeAuthenticationOptions } from './authentication/authentication-options.ts'
import { createTokenChecker } from './authentication/token-checker.ts'
import { newReference } from './failure-reference.ts'
import { createAccess } from './http/access.ts'
import { type Authenticate, authenticateNobody, createAuthenticate } from './http/authentication.ts'
import type { BrokerContext } from './http/handler.ts'
import { createBrokerMetrics } from './metrics/broker-metrics.ts'
import { measureStorage } from './metrics/measured-storage.ts'
import type { CompleteBrokerOptions } from './options.ts'
import { createPublishingLock } from './publishing-lock.ts'
import { createRequestGate } from './request-gate.ts'
import { createDeadLetterStore } from './streaming/dead-letters.ts'
import { createStreamRegistry } from './streaming/stream-registry.ts'
import { createRecorder } from './system-events/recorder.ts'
import { createSystemLog } from './system-events/system-log.ts'

/** Creates what the handlers of one broker work on. */
export function createContext(options: CompleteBrokerOptions): BrokerContext {
  const { observer, processMetrics, storage: unmeasured, ...environment } = options
  const { clock } = options
  const { commands } = unmeasured
  const streams = createStreamRegistry(observer)
  const metrics = createBrokerMetrics({
    clock,
    ofProcess: processMetrics,
    gauges: {
      openStreams: () => streams.size,
      eventTypes: () => commands.state.eventTypes.size,
      subscriptions: () => commands.state.subscriptions.size,
      storageBytes: () => unmeasured.sizeBytes?.(),
    },
  })
  const publishingLock = createPublishingLock(clock)
  const measured = measureStorage(unmeasured, { clock, metrics })
  const systemLog = createSystemLog({
    clock,
    random: options.random,
    storage: measured,
    publishingLock,
    onFailure: (error) => observer.onInternalError(error, newReference(options.random)),
  })
  const recorder = createRecorder({ commands, log: systemLog, hashSalt: options.hashSalt })
  const storage = { ...measured, commands: recorder.recording(measured.commands) }
  const access = createAccess(storage.commands, environment)
  const authenticate = createAuthentication(options)
  return {
    ...environment,
    observer,
    storage,
    access,
    authenticate,
    streams,
    storeDeadLetter: createDeadLetterStore({ ...environment, storage, publishingLock }),
    metrics,
    gate: createRequestGate(),
    publishingLock,
    recorder,
    systemLog,
  }
}

function createAuthentication({ authentication, clock, storage }: CompleteBrokerOptions): Authenticate {
  if (authentication === 'off') return authenticateNobody
  const complete = normalizeAuthenticationOptions(authentication)
  const isRemotePreferred = () => storage.commands.state.settings.features.has('remote_tokeninfo')
  return createAuthenticate(createTokenChecker(complete, { clock, isRemotePreferred }), complete)
}
