import type { Clock } from './clock.ts'
import type { FeatureName } from './core/settings.ts'
import type { Random } from './random.ts'
import type { Storage } from './storage/storage.ts'
import { ensureSystemEventTypes } from './system-events/ensure-event-types.ts'

/** What a broker starts with. */
export interface StartUp {
  readonly clock: Clock
  readonly random: Random
  readonly storage: Storage
  /** Those to switch on. */
  readonly features: readonly FeatureName[]
}

/** Brings the state of a storage to what the options of the broker say, before the first request is answered. */
export async function startUp({ clock, random, storage, features }: StartUp): Promise<void> {
  const { commands } = storage
  for (const feature of features) {
    // What is on already needs no command: the log must not grow with every start.
    if (commands.state.settings.features.has(feature)) continue
    await commands.propose({ type: 'setFeature', feature, enabled: true }, clock.now())
  }
  await ensureSystemEventTypes({ clock, random, storage })
}
