import { type GeneratedFile, generate } from '@rioni/codegen'
import { createEventValidator } from '@rioni/event-types'
import type { NewEventType } from '@rioni/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { webhookEventTypes, webhookExamples } from './github-webhooks.ts'
import { compilers, createProject, type Project } from './project.ts'

const TIMEOUT_MS = 120_000

/**
 * Its schema contradicts itself: a location must have `type` and `details`, as each alternative of its `oneOf` says, and
 * the closed object around the alternatives knows neither.
 */
const WITHOUT_EVENTS = 'github.secret_scanning_alert_location'

describe("the event types of GitHub's webhooks", () => {
  let project: Project
  let examples = 0
  beforeAll(async () => {
    project = createProject()
    const { files, diagnostics } = await generate(webhookEventTypes.map((eventType) => ({ eventType })))
    expect(diagnostics.map(({ eventType, message }) => ({ eventType, message }))).toEqual([
      { eventType: WITHOUT_EVENTS, message: 'no valid example of the schema was found' },
    ])
    // Types, validators and examples, each with its index; but no examples where there are none.
    expect(files).toHaveLength(3 * (webhookEventTypes.length + 1) - 1)
    for (const { path, content } of files) project.write(`src/${path}`, content)
    for (const eventType of webhookEventTypes) examples += writeExamples(project, eventType, files)
  }, TIMEOUT_MS)
  afterAll(() => project.remove())

  it('are 66, with 276 example payloads that follow their schemas', () => {
    expect([webhookEventTypes.length, examples]).toEqual([66, 276])
  })

  it.each(compilers)(
    'become code that $name accepts, with types that every valid example fits',
    async ({ path }) => {
      expect(await project.compile(path)).toBe('')
    },
    TIMEOUT_MS,
  )

  it(
    'become types that refuse a payload without a required property',
    async () => {
      const wrong =
        "import type { GithubStar } from './index.js'\nexport const wrong: GithubStar = { action: 'created' }\n"
      project.write('src/wrong.ts', wrong)
      const [{ path }] = compilers
      expect(await project.compile(path)).toMatch(/^src\/wrong\.ts\(2,14\): error TS2322/)
    },
    TIMEOUT_MS,
  )
})

/** Writes the valid examples of an event type as constants of its generated type; returns how many there are. */
function writeExamples(project: Project, eventType: NewEventType, files: readonly GeneratedFile[]): number {
  const validate = createEventValidator({ ...eventType, category: 'undefined' })
  const valid = webhookExamples(eventType.name).filter((example) => validate(example) === undefined)
  const module = files.find(({ content }) => content.includes(`name: '${eventType.name}',`))
  const type = /export class (\w+)Producer/.exec(module?.content ?? '')?.[1]
  const imports = valid.length === 0 ? [] : [`import type { ${type} } from '../index.js'`]
  const constants = valid.map(
    (example, index) => `export const example${index}: ${type} = ${JSON.stringify(example)}`,
  )
  project.write(`src/examples/${module?.path}`, [...imports, ...constants, 'export {}', ''].join('\n'))
  return valid.length
}
