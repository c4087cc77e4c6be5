/** A number of things in words: `1 event type`, `2 event types`. */
export function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`
}
