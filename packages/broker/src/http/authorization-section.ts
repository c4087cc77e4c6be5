import type { AuthorizationAttribute } from '@rioni/protocol'
import type { AuthorizationLists } from '../core/authorization.ts'
import { problem } from './problem.ts'

/** The rights that the lists of a section give, as the broker calls them. */
const RIGHTS: readonly (readonly [list: keyof AuthorizationLists, right: string])[] = [
  ['admins', 'ADMIN'],
  ['readers', 'READ'],
  ['writers', 'WRITE'],
]

/** 422 for a section that names somebody twice for the same right. */
export function refuseDuplicates(section: AuthorizationLists | null): Response | undefined {
  if (section === null) return undefined
  const details = RIGHTS.flatMap(([list, right]) => {
    const twice = duplicated(section[list] ?? [])
    if (twice.length === 0) return []
    return [`authorization property '${right}' contains duplicated attribute(s): ${twice.join(', ')}`]
  })
  return details.length === 0 ? undefined : problem(422, details.join('; '))
}

/** 422 for taking away a section: whoever was kept out would get in. */
export function refuseRemoval(
  section: AuthorizationLists | null,
  existing: AuthorizationLists | null,
): Response | undefined {
  if (section !== null || existing === null) return undefined
  return problem(422, 'Changing authorization object to `null` is not possible due to existing one')
}

function duplicated(attributes: readonly AuthorizationAttribute[]): readonly string[] {
  const texts = attributes.map(({ data_type, value }) => `${data_type}:${value}`)
  return [...new Set(texts.filter((text, index) => texts.indexOf(text) < index))]
}
