/** Functions of the application that the thin server calls; the two share a process, but not a bundle. */
export type WebHooks = {
  /** Ends the streams of open pages, which reconnect elsewhere. */
  endStreams(): void
  /** Ends all waits for a worker, as at their deadlines. */
  settleWaits(): Promise<void>
  /** Returns the statements that wait for a connection of the queue's pool in Postgres; null: the queue is on Redis. */
  countPoolWaiters(): number | null
  close(): Promise<void>
}

const hooksKey = Symbol.for('wxbot.webHooks')
const shared = globalThis as { [hooksKey]?: WebHooks }

export function shareWithThinServer(hooks: WebHooks): void {
  shared[hooksKey] = hooks
}

/** Returns the hooks; undefined: Next has not started. */
export function sharedWebHooks(): WebHooks | undefined {
  return shared[hooksKey]
}
