/** What became of a published event. `aborted`: nothing was wrong with it, but it was not sent. */
export type PublishingStatus = 'submitted' | 'failed' | 'aborted'

/** The last phase that an event reached on its way into the log. */
export type PublishingStep = 'none' | 'validating' | 'partitioning' | 'enriching' | 'publishing'

/** The outcome of one published event, at the position that the event had in the request. */
export interface BatchItemResponse {
  readonly publishing_status: PublishingStatus
  readonly step: PublishingStep
  /** The reason when `failed`, otherwise empty. */
  readonly detail: string
  /** The event's `metadata.eid`, or empty when it had none. */
  readonly eid: string
  /** The chosen partition, `null` while it was not chosen. */
  readonly partition: string | null
}
