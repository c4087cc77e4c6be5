import { randomUUID } from 'node:crypto'

/** The client's only source of chance: event ids, flow ids and jitter. */
export interface Random {
  /** A version 4 UUID. */
  uuid(): string
  /** An integer in [0, n). */
  below(n: number): number
}

/** The chance of the machine. */
export const systemRandom: Random = {
  uuid: () => randomUUID(),
  below: (n) => Math.floor(Math.random() * n),
}
