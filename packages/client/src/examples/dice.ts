/** A source of numbers that a seed determines. */
export interface Dice {
  /** An integer in [0, n). */
  below(n: number): number
}

/** Dice by the algorithm mulberry32. */
export function createDice(seed: number): Dice {
  let state = seed | 0
  return {
    below(n) {
      state = (state + 0x6d2b79f5) | 0
      let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
      return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * n)
    },
  }
}
