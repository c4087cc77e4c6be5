/** How many documents a generation is proved on is a matter of the generator, and not of a guide. */
export function withoutCounts(output: string): string {
  return output.replaceAll(/^proof: .*$/gm, (line) => line.replaceAll(/of \d+/g, 'of some'))
}
