/** What `$schema` says of a schema of draft 7, the last one that the broker knows. */
export const DRAFT_7 = 'http://json-schema.org/draft-07/schema#'
