import { EVENT_TYPE_RULES } from './event-type-rules.ts'
import type { LintRule } from './lint-rule.ts'
import { NAMING_RULES } from './naming-rules.ts'
import { SCHEMA_RULES } from './schema-rules.ts'
import { TYPE_RULES } from './type-rules.ts'

/** Every rule, in the order that findings of one event type are told in. */
export const LINT_RULES: readonly LintRule[] = [
  ...EVENT_TYPE_RULES,
  ...SCHEMA_RULES,
  ...NAMING_RULES,
  ...TYPE_RULES,
]
