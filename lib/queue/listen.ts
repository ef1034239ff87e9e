import postgres from 'postgres'

export type Listener = {
  /** Calls `notify` with each payload, and `onConnected` whenever notifications may have been lost: at first and at each reconnect. */
  listen(channel: string, notify: (payload: string) => void, onConnected?: () => void): Promise<unknown>
  close(): Promise<void>
}

/** Opens a connection of its own for LISTEN, reached without a transaction-mode pooler; it reconnects by itself. */
export function openListener(databaseUrl: string): Listener {
  const sql = postgres(databaseUrl, { max: 1, connect_timeout: 10, backoff: () => 0.5, onnotice: () => {} })
  return {
    listen: (channel, notify, onConnected) => sql.listen(channel, notify, onConnected),
    close: () => sql.end({ timeout: 2 }),
  }
}
