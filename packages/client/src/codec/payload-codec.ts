/**
 * Which values of a payload are something else in a program than they are in JSON: data, so that generated code stays
 * small. The first part is the payload itself.
 */
export type PayloadCodec = readonly CodecPart[]

/** A part of a payload, or the index of one that several places share. */
export type CodecReference = CodecPart | number

/** What is decoded in one place, by the kind of the value that is found there. What is not named stays as it is. */
export interface CodecPart {
  /** What a text becomes. */
  readonly text?: TextType
  /** What an integer becomes. It is read digit by digit, so that none gets lost. */
  readonly integer?: 'bigint'
  /** The properties of an object. */
  readonly members?: { readonly [name: string]: CodecReference }
  /** All other properties of an object. */
  readonly others?: CodecReference
  /** The first items of an array, one by one; `null` for one that stays as it is. */
  readonly first?: readonly (CodecReference | null)[]
  /** All other items of an array. */
  readonly items?: CodecReference
  /**
   * Set where the schema has alternatives of which some leave open what is here: a text below that has not the right form
   * then stays a text, instead of being an error.
   */
  readonly lenient?: true
}

/** The types that texts may become: of `date-time` the first two, of `date` the last one. */
export type TextType = 'Date' | 'Temporal.Instant' | 'Temporal.PlainDate'
