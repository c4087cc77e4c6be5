/** A bound on what is in hand at the same time, shared by one reader and its unfinished work. */
export interface Window {
  /** Waits until there is room and takes `size` of it. Something larger than the whole window goes in alone. */
  enter(size: number): Promise<void>
  /** Gives `size` back. */
  leave(size: number): void
  /** Waits until everything has been given back. */
  drained(): Promise<void>
}

/** A window of `capacity`, in whatever unit the sizes are. One caller at a time may wait. */
export function createWindow(capacity: number): Window {
  let taken = 0
  let wake = (): void => {}

  async function waitUntil(condition: () => boolean): Promise<void> {
    while (!condition()) {
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
  }

  return {
    async enter(size) {
      await waitUntil(() => taken === 0 || taken + size <= capacity)
      taken += size
    },
    leave(size) {
      taken -= size
      wake()
    },
    drained: () => waitUntil(() => taken === 0),
  }
}
