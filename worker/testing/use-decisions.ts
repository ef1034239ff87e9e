import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach } from 'vitest'
import { conversations } from '@/lib/db/schema/conversation'
import { messages } from '@/lib/db/schema/message'
import { replyDecisions, replySettings } from '@/lib/db/schema/reply'
import { newId } from '@/lib/id'
import type { UploadedImage } from '@/lib/media/read-upload'
import { receiveMessage, recordMessageReceived } from '@/lib/testing/receive-message'
import { requestReplies } from '@/lib/reply/request-reply'
import { createRule } from '@/lib/rule/change-rules'
import { completeRule } from '@/lib/rule/rule-fields'
import { givenApplication, givenRobot, givenSession } from '@/lib/testing/factories'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'
import { decideReply } from '@/worker/replies/decide-reply'

/** How a test says something: a private text of 小林 to the robot by default. */
type Incoming = {
  from?: string
  name?: string
  roomId?: string | null
  to?: string
  type?: 'text' | 'image'
  hasEvent?: boolean
}

/** Provides a database, an application with a robot that is online, and what people say to it. */
export function useDecisions() {
  let database: TestDatabase
  beforeAll(async () => void (database = await createTestDatabase()))
  afterAll(() => database.drop())

  let applicationId: string
  let robotId: string
  let number = 0
  beforeEach(async () => {
    const callback = { callbackUrl: 'https://shop.test/cb', roomScope: 'all+private' as const }
    applicationId = await givenApplication(database.db, callback)
    robotId = await givenRobot(database.db, { applicationId, nickname: '小微' })
    await givenSession(database.db, { robotId })
  })

  const settings = (change: Partial<typeof replySettings.$inferInsert>) =>
    database.db
      .insert(replySettings)
      .values({ applicationId, ...change })
      .onConflictDoUpdate({ target: replySettings.applicationId, set: change })
  const rule = (fields: object, image: UploadedImage | null = null) => {
    const complete = completeRule.parse({
      name: '规则',
      trigger: 'contains',
      answer: 'text',
      content: '好的',
      ...fields,
    })
    return database.db.transaction((tx) => createRule(tx, { applicationId, ruleId: newId('rule'), ...complete, image }))
  }

  /** Receives a message as the worker stores it; returns the id of its decision, null: none was recorded. */
  async function say(text: string, options: Incoming = {}): Promise<string | null> {
    const { from = '@lin', name = '小林', roomId = null, to = robotId, type = 'text', hasEvent = false } = options
    return database.db.transaction(async (tx) => {
      const incoming = {
        robotId: to,
        wechatId: `w${++number}`,
        roomId,
        senderUsername: from,
        senderName: name,
        type,
        text,
      }
      const stored = await receiveMessage(tx, { ...incoming, media: null }, { mediaUrl: (id) => id })
      const { messageId } = stored!
      const received = { robotId: to, roomId, nickname: name, senderId: from, ...stored! }
      const callbackEventId = hasEvent ? await recordMessageReceived(tx, received) : null
      const about = { roomId, peerUsername: roomId ? null : from, personName: name }
      const event = { eventKey: messageId, messageId, callbackEventId, ...about }
      await requestReplies(tx, { robotId: to, events: [event] })
      const [row] = await tx.select().from(replyDecisions).where(eq(replyDecisions.messageId, messageId))
      return row?.id ?? null
    })
  }

  const decide = (decisionId: string | null) =>
    database.db.transaction((tx) => decideReply(tx, { decisionId: decisionId ?? '', publicUrl: 'http://wxbot.test' }))
  const row = async (decisionId: string | null) =>
    (
      await database.db
        .select()
        .from(replyDecisions)
        .where(eq(replyDecisions.id, decisionId ?? ''))
    )[0]

  /** Receives a message and decides about it; returns the end of the decision. */
  async function answer(text: string, options: Incoming = {}) {
    const decisionId = await say(text, options)
    const next = await decide(decisionId)
    const { outcome, silence, source, state } = (await row(decisionId))!
    return { next, outcome, silence, source, state }
  }
  const sent = async (to = robotId) =>
    (await database.db.select().from(messages).where(eq(messages.robotId, to)).orderBy(messages.sequence)).filter(
      ({ direction }) => direction === 'out',
    )
  const texts = async () => (await sent()).map(({ content }) => content)
  const conversation = async () =>
    (await database.db.select().from(conversations).where(eq(conversations.robotId, robotId)))[0]

  return {
    get db() {
      return database.db
    },
    get sql() {
      return database.sql
    },
    get robotId() {
      return robotId
    },
    get applicationId() {
      return applicationId
    },
    settings,
    rule,
    say,
    decide,
    row,
    answer,
    sent,
    texts,
    conversation,
  }
}
