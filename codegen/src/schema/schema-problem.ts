/** Why a schema cannot become types. */
export interface SchemaProblem {
  /** JSON pointer from the root of the schema. */
  readonly pointer: string
  /** What is wrong, in a sentence without its full stop. */
  readonly message: string
  /** What the author of the schema can do about it. */
  readonly remedy: string
}
