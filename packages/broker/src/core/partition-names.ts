/** The names of so many partitions: numbers from 0, sorted as strings. */
export function partitionNames(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => String(index)).sort()
}
