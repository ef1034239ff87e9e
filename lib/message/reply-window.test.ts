import { afterAll, beforeAll, expect, it } from 'vitest'
import { receiveMessage } from '@/lib/testing/receive-message'
import { readReplyWindow } from '@/lib/message/reply-window'
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
