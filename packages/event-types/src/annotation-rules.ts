import type { Violation } from './violation.ts'

type Rule = { readonly pattern: RegExp; readonly message: string }

/** Section "Annotations" and "Labels" of the Nakadi manual: keys have the syntax of Kubernetes labels. */
const KEY_RULES: readonly Rule[] = [
  { pattern: /./su, message: 'Key cannot be empty' },
  {
    pattern: /^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\/)?[^/]*$/,
    message: 'Key name should be an optional lowercase domain name with path',
  },
  { pattern: /^([-.a-z0-9]{0,253}\/)?[^/]*$/, message: 'Key prefix cannot be more than 253 characters.' },
  { pattern: /^([-.a-z0-9]+\/)?[^/]{0,63}$/, message: 'Key name cannot be more than 63 characters.' },
  {
    pattern: /^([^/]+\/)?[a-zA-Z0-9]([a-zA-Z0-9_.-]*[a-zA-Z0-9])?$/,
    message: 'Key name should start and end with a letter or a digit',
  },
]

const ANNOTATION_VALUE_RULES: readonly Rule[] = [
  { pattern: /^.{0,1000}$/s, message: 'size must be between 0 and 1000' },
]

const LABEL_VALUE_RULES: readonly Rule[] = [
  { pattern: /^.{0,63}$/s, message: 'size must be between 0 and 63' },
  {
    pattern: /^([a-zA-Z0-9]([a-zA-Z0-9_.-]*[a-zA-Z0-9])?)?$/,
    message: 'Should contain only allowed symbols',
  },
]

/** No key that follows the rules is longer; the patterns are not tried on anything much longer. */
const MAX_KEY_LENGTH = 253 + 1 + 63

type TextMap = { readonly [key: string]: string | null }

/** Everything that is wrong with the keys and values of `annotations`. */
export function annotationViolations(annotations: TextMap): Violation[] {
  return mapViolations('annotations[]', annotations, ANNOTATION_VALUE_RULES)
}

/** Everything that is wrong with the keys and values of `labels`. */
export function labelViolations(labels: TextMap): Violation[] {
  return mapViolations('labels[]', labels, LABEL_VALUE_RULES)
}

function mapViolations(field: string, map: TextMap, valueRules: readonly Rule[]): Violation[] {
  return Object.entries(map).flatMap(([key, value]) => [
    ...broken(KEY_RULES, key.slice(0, MAX_KEY_LENGTH + 1)).map((message) => ({ field, message })),
    ...(value === null ? ['must not be null'] : broken(valueRules, value)).map((message) => ({
      field,
      message,
    })),
  ])
}

function broken(rules: readonly Rule[], text: string): string[] {
  return rules.filter((rule) => !rule.pattern.test(text)).map((rule) => rule.message)
}
