import { sql as expression } from 'drizzle-orm'
import postgres from 'postgres'
import type { Db } from '../db/client'
import type { CommandResult } from '../db/types'
import type { Logger } from '../logger'

const channel = 'wxbot_reply'

/** How a command or a send ended, as its row says. */
export type Reply = {
  id: string
  state: 'done' | 'failed' | 'cancelled' | 'sent' | 'refused' | 'unknown'
  result: CommandResult | null
  errorCode: string | null
  errorMessage: string | null
}

/** Says that a command's or a message's row has ended; heard when the transaction commits. */
export async function announceReply(tx: Db, id: string): Promise<void> {
  await tx.execute(expression`select pg_notify(${channel}, ${id})`)
}

export type Replies = {
  /** Waits until the row `id` (`cmd_…` or `msg_…`) has ended; null at the deadline. */
  wait(id: string, timeoutMs: number): Promise<Reply | null>
  /** Ends every wait as at its deadline; again is as good as once. */
  close(): Promise<void>
}

/**
 * Listens for ended rows on a connection of its own (no pooler).
 * An announcement is only a bell: on each reconnect and once a second while anyone waits, the rows are read again.
 */
export async function listenForReplies(options: { databaseUrl: string; db: Db; log: Logger }): Promise<Replies> {
  const { databaseUrl, db, log } = options
  const waiting = new Map<string, Set<(reply: Reply | null) => void>>()
  let isClosed = false
  const listener = postgres(databaseUrl, { max: 1, connect_timeout: 10, backoff: () => 0.5, onnotice: () => {} })

  async function readAgain(ids: string[]): Promise<void> {
    if (ids.length === 0) return
    try {
      for (const reply of await readReplies(db, ids)) waiting.get(reply.id)?.forEach((resolve) => resolve(reply))
    } catch (error) {
      log.warn({ err: error }, 'replies not read, trying again')
    }
  }
  const readAll = () => readAgain([...waiting.keys()])
  await listener.listen(
    channel,
    (id) => void (waiting.has(id) && readAgain([id])),
    () => void readAll(),
  )
  const timer = setInterval(() => void readAll(), 1000)

  return {
    wait(id, timeoutMs) {
      // Who had committed its row but not begun to wait when the process began to stop must not be the one that holds it up.
      if (isClosed) return Promise.resolve(null)
      return new Promise((resolve) => {
        const settle = (reply: Reply | null) => {
          clearTimeout(deadline)
          resolvers.delete(settle)
          if (resolvers.size === 0) waiting.delete(id)
          resolve(reply)
        }
        const deadline = setTimeout(() => settle(null), timeoutMs)
        const resolvers = waiting.get(id) ?? new Set()
        waiting.set(id, resolvers.add(settle))
        void readAgain([id])
      })
    },
    async close() {
      isClosed = true
      clearInterval(timer)
      for (const resolvers of waiting.values()) for (const settle of resolvers) settle(null)
      await listener.end({ timeout: 2 })
    },
  }
}

async function readReplies(db: Db, ids: string[]): Promise<Reply[]> {
  const list = expression.join(
    ids.map((id) => expression`${id}`),
    expression`, `,
  )
  const rows = await db.execute<Reply>(expression`
    select id, state::text, result, error_code as "errorCode", error_message as "errorMessage"
      from commands where id in (${list}) and state in ('done', 'failed', 'cancelled')
    union all
    select id, state::text, null, error_code, error_message
      from messages where id in (${list}) and state in ('sent', 'refused', 'unknown', 'cancelled')`)
  return [...rows]
}
