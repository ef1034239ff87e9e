import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { messages } from '@/lib/db/schema/message'
import { robots } from '@/lib/db/schema/robot'
import { getSendPace } from '@/lib/robot/send-pace'
import { givenRobot, givenSession } from '@/lib/testing/factories'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'
import { acceptMessage } from '@/lib/message/accept-message'
import { cancelWaitingMessages } from '@/lib/message/cancel-waiting-messages'
import { countSentByMinute, countWaitingMessages, listWaitingMessages } from '@/lib/message/send-queue'
import { settleMessage } from '@/lib/message/settle-message'
import { peekNextMessage, claimMessage } from '@/lib/message/claim-next-message'

let database: TestDatabase
let robotId: string
type Act<T> = Parameters<typeof database.db.transaction<T>>[0]
const inTx = <T>(act: Act<T>) => database.db.transaction(act)
const accept = async (ofRobot = robotId) => {
  const message = { robotId: ofRobot, toUser: 'filehelper', type: 'text', content: '你好', timeoutMs: 30_000 } as const
  return (await inTx((tx) => acceptMessage(tx, message))).messageId
}
const cancel = (selection: { messageId: string } | { throughSequence: number }) =>
  inTx((tx) => cancelWaitingMessages(tx, { robotId, ...selection }))
const stateOf = async (id: string) => (await database.db.select().from(messages).where(eq(messages.id, id)))[0]?.state
async function claim() {
  const send = await inTx((tx) => peekNextMessage(tx, { robotId }))
  return send !== null && inTx((tx) => claimMessage(tx, send))
}

beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())
beforeEach(async () => {
  robotId = await givenRobot(database.db)
  await givenSession(database.db, { robotId })
})

describe('an operator', () => {
  it('G1: cancels a queued message, which is then never sent', async () => {
    const messageId = await accept()
    expect(await cancel({ messageId })).toEqual([messageId])
    expect(await claim()).toBe(false)
    expect(await stateOf(messageId)).toBe('cancelled')
  })

  it('G1: cancels no message that is being sent, and none twice', async () => {
    const [sending, waiting] = [await accept(), await accept()]
    await claim()
    expect(await cancel({ messageId: sending })).toEqual([])
    expect(await cancel({ messageId: waiting })).toEqual([waiting])
    expect(await cancel({ messageId: waiting })).toEqual([])
    expect(await stateOf(sending)).toBe('sending')
  })

  it('G1: an operator and the owner never both get the same message', async () => {
    for (let round = 0; round < 10; round++) {
      const messageId = await accept()
      const [cancelled, isClaimed] = await Promise.all([cancel({ messageId }), claim()])
      expect(cancelled.length === 1).toBe(!isClaimed)
      await database.sql`delete from messages where robot_id = ${robotId}`
    }
  })

  it('cancels a message right before its turn, which the next one gets', async () => {
    await database.db.update(robots).set({ sendRatePerMinute: 6000 }).where(eq(robots.id, robotId))
    const messageId = await accept()
    const send = await inTx((tx) => peekNextMessage(tx, { robotId }))
    await cancel({ messageId })
    expect(send && (await inTx((tx) => claimMessage(tx, send)))).toBe(false)
    expect((await getSendPace(database.db, { robotId })).sinceLastSendMs).toBeNull()
    await accept()
    expect(await claim()).toBe(true)
    expect((await getSendPace(database.db, { robotId })).sinceLastSendMs).not.toBeNull()
  })

  it('cancels all messages up to the last one seen, and none of another robot', async () => {
    const otherId = await givenRobot(database.db)
    await givenSession(database.db, { robotId: otherId })
    const foreign = await accept(otherId)
    const seen = [await accept(), await accept()]
    const { count, lastSequence } = await countWaitingMessages(database.db, { robotId })
    expect(count).toBe(2)
    const later = await accept()
    expect((await cancel({ throughSequence: lastSequence ?? 0 })).toSorted()).toEqual(seen.toSorted())
    expect(await cancel({ messageId: foreign })).toEqual([])
    expect([await stateOf(later), await stateOf(foreign)]).toEqual(['queued', 'queued'])
  })
})

describe('the send queue', () => {
  it('the send queue is listed in sending order, the message being sent first', async () => {
    const [first, second] = [await accept(), await accept()]
    await claim()
    const listed = await listWaitingMessages(database.db, { robotId, limit: 10 })
    expect(listed).toMatchObject([
      { id: first, state: 'sending', peerName: null, roomName: null },
      { id: second, state: 'queued' },
    ])
  })

  it('counts the messages sent in each of the last minutes', async () => {
    const [now, earlier, tooLong] = [await accept(), await accept(), await accept()]
    for (const messageId of [now, earlier, tooLong]) {
      await claim()
      await inTx((tx) => settleMessage(tx, messageId, { state: 'sent', wechatId: null }))
    }
    await database.sql`update messages set finished_at = now() - interval '3 minutes' where id = ${earlier}`
    await database.sql`update messages set finished_at = now() - interval '6 minutes' where id = ${tooLong}`
    const counts = await countSentByMinute(database.db, { robotId, minutes: 5 })
    expect(counts).toHaveLength(5)
    expect(counts.reduce((sum, { count }) => sum + count, 0)).toBe(2)
    // The minute may have changed meanwhile.
    expect((counts[0]?.count ?? 0) + (counts[1]?.count ?? 0)).toBe(1)
  })
})
