import type { CompatibilityMode, EventType } from '@rioni/protocol'

/** An event type that is to be changed, and who asks for it. */
export interface EventTypeChange {
  readonly original: ConstrainedFields
  readonly updated: ConstrainedFields
  /** The caller administers the event type. */
  readonly isEventTypeAdmin: boolean
  /** The caller administers the broker. */
  readonly isNakadiAdmin: boolean
}

type ConstrainedFields = Pick<
  EventType,
  'category' | 'compatibility_mode' | 'partition_strategy' | 'partition_key_fields' | 'enrichment_strategies'
>

/**
 * Checks what may change of an event type besides its schema, where both schemas are JSON. Gives the detail
 * of the broker's 422, or undefined. Section "Event type evolution" of the Nakadi manual.
 */
export function evolutionViolation(change: EventTypeChange): string | undefined {
  const { original, updated } = change
  const ofCategory = original.category === updated.category ? [] : ['changing category is not allowed']
  const ofEnrichment = hasSameEnrichment(change) ? [] : ['changing enrichment_strategies is not allowed']
  const others = [...compatibilityModeViolation(change), ...partitionViolations(change)]
  if (ofCategory.length > 0 && others.length === 0) {
    return becomesBusiness(change) ? undefined : CATEGORY_VIOLATION
  }
  const violations = [...ofCategory, ...others, ...ofEnrichment]
  return violations.length > 0 ? violations.join('; ') : undefined
}

const CATEGORY_VIOLATION =
  "Category change is allowed only from 'undefined' to 'business'. 'enrichment_strategies' should be " +
  'properly set as well'

/** The one change of category that old events survive: they just lack the metadata. */
function becomesBusiness({ original, updated }: EventTypeChange): boolean {
  return (
    original.category === 'undefined' &&
    updated.category === 'business' &&
    updated.enrichment_strategies.includes('metadata_enrichment') &&
    updated.compatibility_mode !== 'compatible'
  )
}

/** The modes that anybody may change to. */
const NEXT_MODES: Readonly<Record<CompatibilityMode, readonly CompatibilityMode[]>> = {
  compatible: ['compatible'],
  forward: ['forward', 'compatible'],
  none: ['none', 'forward'],
}

function compatibilityModeViolation(change: EventTypeChange): string[] {
  const { original, updated, isEventTypeAdmin, isNakadiAdmin } = change
  if (isEventTypeAdmin || isNakadiAdmin) return []
  const isAllowed = NEXT_MODES[original.compatibility_mode].includes(updated.compatibility_mode)
  return isAllowed ? [] : ['changing compatibility_mode is not allowed']
}

function partitionViolations({ original, updated, isNakadiAdmin }: EventTypeChange): string[] {
  const strategy = updated.partition_strategy
  const needsKeys = strategy === 'hash' && updated.partition_key_fields.length === 0
  const mayChange = original.partition_strategy === 'random' || isNakadiAdmin
  const isStuck = original.partition_strategy !== strategy && !mayChange
  return [
    ...(needsKeys ? ["partition_key_fields is required when partition strategy is 'hash'"] : []),
    ...(isStuck ? ["changing partition_strategy is only allowed if the original strategy was 'random'"] : []),
  ]
}

function hasSameEnrichment({ original, updated }: EventTypeChange): boolean {
  const [before, after] = [original.enrichment_strategies, updated.enrichment_strategies]
  return before.length === after.length && before.every((strategy, index) => strategy === after[index])
}
