import type { Change } from '../core/changes.ts'
import { hashName } from './hash-name.ts'

/** What an event of the audit log says beside its metadata. */
export interface AuditEvent {
  readonly data_op: 'C' | 'U' | 'D'
  readonly data_type: string
  readonly data: Readonly<Record<string, unknown>>
}

/** The event for a change that somebody has made. What there is no text of is left out. */
export function auditEvent(change: Change, { user, salt }: { user: string; salt: string }): AuditEvent {
  const { resourceType, resourceId, before, after } = change
  return {
    data_op: operationOf(change),
    data_type: resourceType,
    data: {
      ...(before === undefined ? {} : { previous_object: before, previous_text: JSON.stringify(before) }),
      ...(after === undefined ? {} : { new_object: after, new_text: JSON.stringify(after) }),
      resource_type: resourceType,
      resource_id: resourceId,
      user,
      user_hash: hashName(user, salt),
    },
  }
}

function operationOf({ before, after }: Change): 'C' | 'U' | 'D' {
  if (after === undefined) return 'D'
  return before === undefined ? 'C' : 'U'
}
