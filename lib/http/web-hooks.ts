/** What the thin server may ask of what Next runs: they share a process, not a bundle. */
export type WebHooks = {
  /** Answers each request that waits for a worker now, as at its deadline. */
  settleWaits(): Promise<void>
  close(): Promise<void>
}

const hooksKey = Symbol.for('wxbot.webHooks')
const shared = globalThis as { [hooksKey]?: WebHooks }

/** Leaves the hooks where the thin server finds them. */
export function shareWithThinServer(hooks: WebHooks): void {
  shared[hooksKey] = hooks
}

/** The hooks, once Next is up. */
export function sharedWebHooks(): WebHooks | undefined {
  return shared[hooksKey]
}
