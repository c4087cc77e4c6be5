import type { BrokerState, Storage } from '@rioni/broker'

/** Waits until a broker has so many open streams, over all subscriptions. */
export async function untilStreaming({ commands }: Storage, streams: number): Promise<void> {
  await new Promise<void>((resolve) => {
    const look = () => {
      if (openStreams(commands.state) < streams) return
      stop()
      resolve()
    }
    const stop = commands.watch(look)
    look()
  })
}

function openStreams({ subscriptions }: BrokerState): number {
  return [...subscriptions.values()].reduce((sum, { sessions }) => sum + sessions.length, 0)
}
