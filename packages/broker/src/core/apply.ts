// The one way in which the broker's state changes.
//
// `apply` is a pure function of its arguments: two brokers that apply the same commands in the same
// order hold the same state and gave the same outcomes.

import type { Applier, Command, CommandType, Outcomes } from './commands.ts'
import { createEventType, deleteEventType, updateEventType } from './event-type-commands.ts'
import { closeStreams, initializePositions, resumeStreams, suspectDeadLetters } from './position-commands.ts'
import { addPartitions } from './repartition-commands.ts'
import { closeSession, openSession, releasePartitions } from './session-commands.ts'
import { addToBlacklist, removeFromBlacklist, setAdmins, setFeature } from './settings-commands.ts'
import type { BrokerState } from './state.ts'
import { createStorage, deleteStorage, setDefaultStorage } from './storage-commands.ts'
import {
  commitCursors,
  createSubscription,
  deleteSubscription,
  updateSubscription,
} from './subscription-commands.ts'
import { createTimeline, expireTimelines } from './timeline-commands.ts'

const appliers: { readonly [T in CommandType]: Applier<T> } = {
  createEventType,
  updateEventType,
  addPartitions,
  deleteEventType,
  createSubscription,
  deleteSubscription,
  openSession,
  closeSession,
  releasePartitions,
  commitCursors,
  createTimeline,
  expireTimelines,
  createStorage,
  deleteStorage,
  setDefaultStorage,
  setFeature,
  addToBlacklist,
  removeFromBlacklist,
  setAdmins,
  updateSubscription,
  initializePositions,
  closeStreams,
  resumeStreams,
  suspectDeadLetters,
}

/**
 * Applies one command.
 *
 * @param at when the command was proposed, in milliseconds since the epoch
 */
export function apply<T extends CommandType>(
  state: BrokerState,
  command: Command<T>,
  at: number,
): readonly [state: BrokerState, outcome: Outcomes[T]] {
  const applier: Applier<T> = appliers[command.type]
  return applier(state, command, at)
}
