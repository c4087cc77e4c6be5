/** Reads the bodies of answers as what they ought to be. */

import type { BatchItemResponse, Problem } from '@rioni/protocol'

/** The JSON of a body. The caller says what it is; the specification that compares it finds out whether it is. */
export async function jsonOf<T>(response: Response): Promise<T> {
  return JSON.parse(await response.text())
}

/** The detail of a problem. */
export async function detailOf(response: Response): Promise<string | undefined> {
  return (await jsonOf<Problem>(response)).detail
}

/** The item responses to a batch that was not published as a whole. */
export function itemsOf(response: Response): Promise<readonly BatchItemResponse[]> {
  return jsonOf(response)
}
