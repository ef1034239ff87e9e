import pg, { type Client } from 'pg'

/**
 * Runs one transaction on a connection of its own, without a limit on the time of a statement: a large table takes minutes to copy.
 * Unlike the driver of the product, this one never continues on another connection, and its copies wait for a slow reader.
 */
export async function runTransaction<Result>(
  url: string,
  { mode = '' }: { mode?: 'isolation level repeatable read read only' | '' },
  run: (client: Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'wxbot-backup',
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    statement_timeout: 0,
    idle_in_transaction_session_timeout: 0,
    // Another program that holds a table, for example a migration, fails the command instead of stopping the product.
    lock_timeout: 10_000,
  })
  let lost: Error | undefined
  client.on('error', (error) => (lost = error))
  try {
    await client.connect()
    await client.query(`begin ${mode}`)
    const result = await run(client)
    await client.query('commit')
    return result
  } catch (error) {
    throw lost ?? error
  } finally {
    // Ends an open transaction too: Postgres rolls it back.
    await client.end().catch(() => {})
  }
}

/** Quotes a list of names for a statement. */
export function quoteNames(names: readonly string[]): string {
  return names.map((name) => pg.escapeIdentifier(name)).join(', ')
}
