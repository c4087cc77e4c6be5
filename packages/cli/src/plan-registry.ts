// The plan of `rioni apply`: what is wanted from the sources, against what the registry has.

import type { Client } from '@rioni/client'
import type { PlanStep } from '@rioni/codegen'
import type { Subscription } from '@rioni/protocol'
import type { Environment } from './environment.ts'
import { fetchEventTypes } from './fetch-event-types.ts'
import { loadSources } from './load-sources.ts'
import { placesOf, type SourceSettings } from './source-settings.ts'

/** What is to be done. */
export interface RegistryPlan {
  readonly steps: readonly PlanStep[]
  /** Whether something could not be read, in the sources or in the registry; what, was reported. */
  readonly isIncomplete: boolean
}

/**
 * Makes the plan. What is wrong with single definitions is reported, and the others are planned all the same.
 *
 * @throws Error when there is nothing to plan
 * @throws NakadiError when nothing at all can be asked
 */
export async function planRegistry(
  environment: Environment,
  settings: SourceSettings,
  client: Client,
): Promise<RegistryPlan> {
  const { planApply, selectEventTypes } = await import('@rioni/codegen')
  const isSelected = selectEventTypes(settings.include, settings.exclude)
  const loaded = await loadSources(environment, settings.sources)
  const eventTypes = loaded.eventTypes.filter(({ eventType }) => isSelected(eventType.name))
  const subscriptions = loaded.subscriptions.filter(({ subscription }) =>
    subscription.event_types.every(isSelected),
  )
  if (eventTypes.length + subscriptions.length === 0 && !loaded.hasErrors) {
    throw new Error(`there is no event type and no subscription in ${placesOf(settings)}`)
  }
  const names = [
    ...eventTypes.map(({ eventType }) => eventType.name),
    ...subscriptions.flatMap(({ subscription }) => subscription.event_types),
  ]
  const fetched = await fetchEventTypes(environment, client, [...new Set(names)].sort())
  const { untold } = fetched
  const subscribed: Subscription[] = []
  for (const { subscription } of subscriptions) {
    subscribed.push(...(await findSubscriptions(client, subscription)))
  }
  const steps = planApply({
    eventTypes: eventTypes.filter(({ eventType }) => !untold.has(eventType.name)),
    subscriptions: subscriptions.filter(({ subscription }) =>
      subscription.event_types.every((name) => !untold.has(name)),
    ),
    registered: fetched.eventTypes,
    subscribed,
  })
  return { steps, isIncomplete: loaded.hasErrors || untold.size > 0 }
}

/** The subscriptions of an owner to these event types and perhaps to more. */
async function findSubscriptions(
  client: Client,
  { owning_application, event_types }: Pick<Subscription, 'owning_application' | 'event_types'>,
): Promise<Subscription[]> {
  const found: Subscription[] = []
  const filter = { owningApplication: owning_application, eventTypes: event_types }
  for await (const subscription of client.subscriptions.list(filter)) found.push(subscription)
  return found
}
