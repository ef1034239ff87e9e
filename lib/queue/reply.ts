import { sql as expression } from 'drizzle-orm'
import type { SentenceParams } from '@/lib/sentence'
import type { Db } from '@/lib/db/client'
import type { CommandResult } from '@/lib/db/types'
import type { Logger } from '@/lib/logger'
import { openListener } from '@/lib/queue/listen'

/** Announces commands (`cmd_…`) and messages (`msg_…`) that have ended to the requests that wait for them. */
export const replyChannel = 'wxbot_reply'

/** Announces changed conversations (`cnv_…`) and messages being sent (`msg_…`) to pages that show them. */
export const changeChannel = 'wxbot_change'

export type Reply = {
  id: string
  state: 'done' | 'failed' | 'cancelled' | 'sent' | 'refused' | 'unknown'
  result: CommandResult | null
  errorCode: string | null
  errorMessage: string | null
  errorReason: string | null
  errorParams: SentenceParams | null
}

/** Notifies waiters, at commit, that the row of a command or message, the check of a connector or the test of an alert channel, has ended. */
export async function announceReply(tx: Db, id: string): Promise<void> {
  await tx.execute(expression`select pg_notify(${replyChannel}, ${id})`)
}

/** Notifies open pages, at commit, that a conversation has changed. */
export async function announceChange(tx: Db, id: string): Promise<void> {
  await tx.execute(expression`select pg_notify(${changeChannel}, ${id})`)
}

export type ChangeSubscriber = {
  /** Receives the id of each announced command, message or conversation; null: announcements may have been lost. */
  onChange(id: string | null): void
  onClose(): void
}

export type Replies = {
  /**
   * Waits until the row `id` (`cmd_…`, `msg_…`, the check of `cnr_…`, or the test of `alc_…`) has ended; null: the deadline passed. `isNew`: this process has just committed the
   * row, so it is read only after its announcement.
   */
  wait(id: string, timeoutMs: number, options?: { isNew?: boolean }): Promise<Reply | null>
  /** Subscribes to the announcements; returns the end of the subscription. */
  subscribe(subscriber: ChangeSubscriber): () => void
  /** Closes all subscriptions, and refuses new ones. */
  endSubscriptions(): void
  /** Ends all waits as at their deadlines; idempotent. */
  close(): Promise<void>
}

/**
 * Listens for ended rows and changes on its own connection (no pooler). A notification is only a signal: the rows are also read on each
 * reconnect and once per second while a request waits.
 */
export async function listenForReplies(options: { databaseUrl: string; db: Db; log: Logger }): Promise<Replies> {
  const { databaseUrl, db, log } = options
  const waiting = new Map<string, Set<(reply: Reply | null) => void>>()
  const subscribers = new Set<ChangeSubscriber>()
  let isClosed = false
  const listener = openListener(databaseUrl)
  const announced = new RecentIds()
  let toRead = new Set<string>()
  let isReading = false
  let isEnding = false

  /** Reads rows, many at once: those that are requested during a read wait for the next one. */
  async function readRows(ids: Iterable<string>): Promise<void> {
    for (const id of ids) toRead.add(id)
    if (isReading) return
    isReading = true
    while (toRead.size > 0) {
      const batch = [...toRead]
      toRead = new Set()
      try {
        for (const reply of await readReplies(db, batch)) waiting.get(reply.id)?.forEach((resolve) => resolve(reply))
      } catch (error) {
        log.warn({ err: error }, 'reading replies failed, retrying')
      }
    }
    isReading = false
  }
  const readAll = () => readRows(waiting.keys())
  const notifySubscribers = (id: string | null) => {
    for (const { onChange } of subscribers) onChange(id)
  }
  await listener.listen(
    replyChannel,
    (id) => {
      announced.add(id)
      if (waiting.has(id)) void readRows([id])
      notifySubscribers(id)
    },
    () => {
      void readAll()
      notifySubscribers(null)
    },
  )
  await listener.listen(changeChannel, notifySubscribers)
  const endSubscriptions = () => {
    isEnding = true
    for (const { onClose } of subscribers) onClose()
    subscribers.clear()
  }
  const timer = setInterval(() => void readAll(), 1000)

  return {
    wait(id, timeoutMs, { isNew = false } = {}) {
      // A request that committed its row just before the stop must not delay the stop.
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
        // It may have been announced before this call. A lost announcement costs a second.
        if (!isNew || announced.has(id)) void readRows([id])
      })
    },
    subscribe(subscriber) {
      if (isEnding) subscriber.onClose()
      else subscribers.add(subscriber)
      return () => void subscribers.delete(subscriber)
    },
    endSubscriptions,
    async close() {
      isClosed = true
      endSubscriptions()
      clearInterval(timer)
      for (const resolvers of waiting.values()) for (const settle of resolvers) settle(null)
      await listener.close()
    },
  }
}

/** The ids that were announced last, a maximum of 10,000. */
class RecentIds {
  readonly #ids = new Set<string>()

  add(id: string): void {
    this.#ids.add(id)
    const [oldest] = this.#ids
    if (this.#ids.size > 10_000 && oldest !== undefined) this.#ids.delete(oldest)
  }

  has(id: string): boolean {
    return this.#ids.has(id)
  }
}

async function readReplies(db: Db, ids: string[]): Promise<Reply[]> {
  // One parameter, so that reads of any number of rows are one prepared statement.
  const list = expression`any (${expression.param(ids)}::text[])`
  const rows = await db.execute<Reply>(expression`
    select id, state::text, result, error_code as "errorCode", error_message as "errorMessage",
        error_reason as "errorReason", error_params as "errorParams"
      from commands where id = ${list} and state in ('done', 'failed', 'cancelled')
    union all
    select id, state::text, null, error_code, error_message, error_reason, error_params
      from messages where id = ${list} and state in ('sent', 'refused', 'unknown', 'cancelled')
    union all
    select id, 'done', null, null, null, null, null
      from connectors where id = ${list} and checked_at >= check_requested_at
    union all
    select id, 'done', null, null, null, failure_reason, failure_params
      from alert_channels where id = ${list} and tested_at >= test_requested_at`)
  return [...rows]
}
