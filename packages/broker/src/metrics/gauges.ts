/** What is looked up when somebody asks. A value that nobody knows is left out. */
export type Gauges = Readonly<
  Record<'openStreams' | 'eventTypes' | 'subscriptions' | 'storageBytes', () => number | undefined>
>
