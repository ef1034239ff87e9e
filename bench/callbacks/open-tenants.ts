import { randomBytes } from 'node:crypto'
import { createApplication } from '@/lib/application/create-application'
import { connectDatabase } from '@/lib/db/client'
import { robots } from '@/lib/db/schema/robot'
import { rooms } from '@/lib/db/schema/room'
import { newId } from '@/lib/id'
import { createLogger } from '@/lib/logger'
import { receiveMessage, recordMessageReceived } from '@/lib/testing/receive-message'
import { openQueueBackend } from '@/lib/queue/backend'
import { enqueueWakes } from '@/lib/queue/wake'
import { createSealer } from '@/lib/secret'

export type Room = { robotId: string; roomId: string }
const log = createLogger({ level: 'silent', process: 'bench' })

/**
 * Connects to the database and the queue, and returns functions that add applications with robots and rooms and store messages as the worker stores
 * them.
 */
export async function openTenants({ databaseUrl, redisUrl }: { databaseUrl: string; redisUrl: string | null }) {
  const key = randomBytes(32)
  const sealer = createSealer([{ id: 'bench', key }])
  const database = connectDatabase(databaseUrl, { maxConnections: 20 })
  const queue = await openQueueBackend({ databaseUrl, redisUrl: redisUrl ?? undefined, log })
  const { db } = database
  database.onCommit(enqueueWakes({ queue, log }))
  let count = 0

  return {
    db,
    sql: database.sql,
    key: key.toString('base64'),
    /** Adds an application with `robotCount` robots, each in one room. */
    async addApplication(callbackUrl: string, robotCount = 1): Promise<{ applicationId: string; rooms: Room[] }> {
      const { applicationId } = await db.transaction((tx) =>
        createApplication(tx, { sealer, name: callbackUrl, callbackUrl, roomScope: 'all' }),
      )
      const made: Room[] = []
      for (let n = 0; n < robotCount; n++) {
        const robotId = newId('robot')
        const roomId = newId('room')
        await db.insert(robots).values({ id: robotId, applicationId, username: robotId })
        await db.insert(rooms).values({ id: roomId, robotId, name: roomId, username: `@@${roomId}` })
        made.push({ robotId, roomId })
      }
      return { applicationId, rooms: made }
    },
    /** Stores a message and its event in one transaction, then notifies the queue, as the worker does. */
    async say({ robotId, roomId }: Room): Promise<{ messageId: string; storedMs: number }> {
      const wechatId = `bench${++count}`
      const person = {
        senderUsername: '@x',
        senderName: '小林',
        type: 'text',
        text: `第 ${count} 句`,
        media: null,
      } as const
      const messageId = await db.transaction(async (tx) => {
        const stored = await receiveMessage(tx, { robotId, roomId, wechatId, ...person }, { mediaUrl: (id) => id })
        if (!stored) throw new Error(`${wechatId} is there already`)
        await recordMessageReceived(tx, { robotId, roomId, nickname: '小林', ...stored })
        return stored.messageId
      })
      return { messageId, storedMs: performance.now() }
    },
    /** Returns the event id of each message. */
    async eventIds(): Promise<Map<string, string>> {
      const rows = await database.sql<{ id: string; messageId: string }[]>`
        select id, message_id as "messageId" from callback_events where message_id is not null`
      return new Map(rows.map(({ id, messageId }) => [messageId, id]))
    },
    async countPending(): Promise<number> {
      const [row] = await database.sql<{ count: number }[]>`
        select count(*)::int as count from callback_events where state = 'pending'`
      return row?.count ?? 0
    },
    async close() {
      await queue.close()
      await database.close()
    },
  }
}
