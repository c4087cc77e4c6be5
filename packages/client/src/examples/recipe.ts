/**
 * How to make an example of some type: data, so that generated code stays small. Whatever comes of a recipe is valid
 * by its construction; the generator tries every recipe before it writes it down.
 */
export type ExampleRecipe =
  /** One of some values. */
  | { readonly pick: readonly unknown[] }
  /** A text of so many letters. */
  | { readonly text: readonly [min: number, max: number] }
  /** `min`, `min + step` and so on, up to `max`. */
  | { readonly number: readonly [min: number, max: number, step: number] }
  | { readonly format: ExampleFormat }
  | { readonly list: ExampleRecipe; readonly length: readonly [min: number, max: number] }
  | { readonly tuple: readonly ExampleRecipe[] }
  /** An object; the properties named as optional are left out now and then. */
  | { readonly object: { readonly [name: string]: ExampleRecipe }; readonly optional: readonly string[] }
  /** By one of some recipes, of which the first makes the smallest examples. */
  | { readonly any: readonly ExampleRecipe[] }
  /** By the recipe of a part, which may lead back to itself. */
  | { readonly part: number }

/** The formats of texts that recipes know. */
export type ExampleFormat = 'date-time' | 'date' | 'email' | 'hostname' | 'ipv4' | 'ipv6' | 'uri' | 'uuid'
