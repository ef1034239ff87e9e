import { afterAll, beforeAll, expect, it } from 'vitest'
import { messages } from '@/lib/db/schema/message'
import { newId } from '@/lib/id'
import { receiveMessage } from '@/lib/testing/receive-message'
import { readReplyWindow, readReplyWindows } from '@/lib/message/reply-window'
import { givenRobot } from '@/lib/testing/factories'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'

const peerUsername = 'o9cq80xyz@im.wechat'
const hourMs = 3_600_000
let database: TestDatabase
beforeAll(async () => void (database = await createTestDatabase()))
afterAll(() => database?.drop())

it('the reply window opens with a message of the person and closes 24 hours later', async () => {
  const { db } = database
  const robotId = await givenRobot(db, { connection: 'ilink', wechatUin: peerUsername })
  const read = () => readReplyWindow(db, { robotId, connection: 'ilink', peerUsername })
  expect(await read()).toEqual({ hours: 24, count: 10, closesAt: null, isOver: false, leftCount: 0 })
  const from = { senderUsername: peerUsername, senderName: '', roomId: null }
  const message = { robotId, wechatId: '1', ...from, type: 'text', text: '在吗', media: null } as const
  await db.transaction((tx) => receiveMessage(tx, message, { mediaUrl: () => '' }))
  const window = await read()
  expect(window).toMatchObject({ isOver: false, leftCount: 10 })
  const leftHours = (window!.closesAt!.getTime() - Date.now()) / hourMs
  expect(leftHours).toBeGreaterThan(23.9)
  expect(leftHours).toBeLessThanOrEqual(24)
})

it('a web robot has no reply window', async () => {
  const robotId = await givenRobot(database.db)
  expect(await readReplyWindow(database.db, { robotId, connection: 'web', peerUsername })).toBeNull()
})

it('the reply windows of several people come in their order, each of this person alone', async () => {
  const { db, sql } = database
  const robotId = await givenRobot(db, { connection: 'wecom_kf' })
  const text = { robotId, senderName: '', roomId: null, type: 'text', text: '在吗', media: null } as const
  for (const senderUsername of ['wm1', 'wm2'])
    await db.transaction((tx) =>
      receiveMessage(tx, { ...text, wechatId: senderUsername, senderUsername }, { mediaUrl: () => '' }),
    )
  const sent = { robotId, direction: 'out', type: 'text', content: '在的', peerUsername: 'wm2' } as const
  for (const state of ['sent', 'unknown', 'refused'] as const)
    await db.insert(messages).values({ ...sent, id: newId('message'), state })
  await sql`update messages set created_at = created_at - interval '48 hours'
    where robot_id = ${robotId} and peer_username = 'wm1'`
  const query = { robotId, connection: 'wecom_kf', peerUsernames: ['wm2', 'wm0', 'wm1'] } as const
  expect(await readReplyWindows(db, query)).toMatchObject([
    { isOver: false, leftCount: 3, closesAt: expect.any(Date) },
    { isOver: false, leftCount: 0, closesAt: null },
    { isOver: true, leftCount: 5, closesAt: expect.any(Date) },
  ])
})
