// Rules about an event type apart from its schema: what it is, whose it is, in which order its events are.

import { checkEventTypeRules } from '@rioni/event-types'
import { atField, type LintRule } from './lint-rule.ts'

const NAME = /^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)+$/
const APPLICATION = /^[a-z][a-z0-9-]*(:[a-z][a-z0-9-]*)?$/

/** Rules about fields of an event type. */
export const EVENT_TYPE_RULES: readonly LintRule[] = [
  {
    id: 'registrable',
    level: 'error',
    summary: 'The broker accepts the event type.',
    remedy: 'Correct it; the broker would answer with 422.',
    check: ({ eventType }) => {
      const message = checkEventTypeRules(eventType)
      return message === undefined ? [] : [{ at: [], message: `the broker refuses it: ${message}` }]
    },
  },
  {
    id: 'event-type-name',
    level: 'warning',
    summary: 'The name is a domain and an event in lower case, such as `order.order-placed`.',
    remedy: 'Name it after the functional domain and what happened: domain.event-name.',
    check: ({ eventType: { name } }) =>
      NAME.test(name)
        ? []
        : [{ at: atField('name'), message: `the name ${name} has not the form domain.event-name` }],
  },
  {
    id: 'category',
    level: 'warning',
    summary: 'The category is `business` or `data`, so that events carry metadata.',
    remedy: 'Choose business for a step of a process, or data for the change of an entity.',
    check: ({ eventType: { category } }) =>
      category === 'undefined'
        ? [
            {
              at: atField('category'),
              message: 'events of category undefined have no metadata: no id, no time',
            },
          ]
        : [],
  },
  {
    id: 'owning-application',
    level: 'warning',
    summary: 'The owner is the id of an application.',
    remedy: 'Write the id that the application is registered with, in lower case.',
    check: ({ eventType: { owning_application: owner } }) =>
      APPLICATION.test(owner)
        ? []
        : [
            {
              at: atField('owning_application'),
              message: `${JSON.stringify(owner)} is not the id of an application`,
            },
          ],
  },
  {
    id: 'audience',
    level: 'warning',
    summary: 'The event type says for whom it is.',
    remedy:
      'Add audience: component-internal, business-unit-internal, company-internal, external-partner or external-public.',
    check: ({ eventType: { audience } }) =>
      audience ? [] : [{ at: [], message: 'nothing says for whom the events are' }],
  },
  {
    id: 'authorization',
    level: 'warning',
    summary: 'The event type says who may read, write and administer it.',
    remedy: 'Add authorization with admins, readers and writers.',
    check: ({ eventType: { authorization } }) =>
      authorization ? [] : [{ at: [], message: 'everybody may read, write and delete it' }],
  },
  {
    id: 'compatibility-mode',
    level: 'error',
    summary: 'The compatibility mode protects consumers from breaking changes.',
    remedy: 'Choose forward or compatible.',
    check: ({ eventType: { compatibility_mode: mode } }) =>
      mode === 'none'
        ? [
            {
              at: atField('compatibility_mode'),
              message: 'in mode none any change of the schema is accepted',
            },
          ]
        : [],
  },
  {
    id: 'ordering',
    level: 'warning',
    summary: 'Consumers can put events in order.',
    remedy: 'Add ordering_key_fields: the property that orders events, such as a version or a time.',
    check: ({ eventType: { category, ordering_key_fields: fields } }) =>
      category === 'undefined' || (fields ?? []).length > 0
        ? []
        : [{ at: [], message: `nothing says in which order ${category} events happened` }],
  },
  {
    id: 'data-partitioning',
    level: 'warning',
    summary: 'Changes of one entity are in one partition, and so in order.',
    remedy: 'Choose partition_strategy: hash, and the id of the entity as partition_key_fields.',
    check: ({ eventType: { category, partition_strategy: strategy = 'random' } }) =>
      category === 'data' && strategy === 'random'
        ? [{ at: [], message: 'changes of one entity go to any partition, and may arrive in another order' }]
        : [],
  },
]
