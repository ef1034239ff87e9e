import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { conversations } from '@/lib/db/schema/conversation'
import { media, messages } from '@/lib/db/schema/message'
import { givenApplication, givenRobot } from '@/lib/testing/factories'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'
import { receiveMessages } from '@/lib/message/receive-messages'
import { receiveMessage } from '@/lib/testing/receive-message'

let database: TestDatabase
beforeAll(async () => void (database = await createTestDatabase()))
afterAll(() => database.drop())

it('a file that would exceed the media limit of its application is not stored, and its message names the kind of file', async () => {
  const { db } = database
  const applicationId = await givenApplication(db)
  const [one, two] = [await givenRobot(db, { applicationId }), await givenRobot(db, { applicationId })]
  const elsewhere = await givenRobot(db)
  let number = 0
  const receive = (robotId: string, sizeBytes: number) =>
    db.transaction((tx) =>
      receiveMessage(
        tx,
        {
          robotId,
          wechatId: String(++number),
          roomId: null,
          senderUsername: '@1',
          senderName: '小林',
          type: 'image',
          text: '[图片]',
          media: { contentType: 'image/png', fileName: null, bytes: Buffer.alloc(sizeBytes) },
        },
        { mediaUrl: (id) => `link ${id}`, maxMediaBytes: 1000 },
      ),
    )
  expect(await receive(one, 600)).toMatchObject({ content: expect.stringMatching(/^link/) })
  expect(await receive(two, 401)).toMatchObject({ content: '[图片]' })
  expect(await receive(two, 400)).toMatchObject({ content: expect.stringMatching(/^link/) })
  expect(await receive(elsewhere, 1000)).toMatchObject({ content: expect.stringMatching(/^link/) })
  expect(await db.$count(media)).toBe(3)
  expect(await db.$count(messages, eq(messages.content, '[图片]'))).toBe(1)
})

it('stores messages in their order, each once, also when one is delivered twice in one batch', async () => {
  const { db } = database
  const robotId = await givenRobot(db)
  const incoming = ['a', 'b', 'a', 'c'].map((wechatId) => {
    const from = { roomId: null, senderUsername: wechatId === 'b' ? '@2' : '@1', senderName: '小林' }
    return { ...from, wechatId, type: 'text' as const, text: `text ${wechatId}`, media: null }
  })
  const receive = () =>
    db.transaction((tx) => receiveMessages(tx, { robotId, incoming, mediaUrl: (id) => id, maxMediaBytes: 0 }))
  const received = await receive()
  expect(received.map((stored) => stored?.content)).toEqual(['text a', 'text b', undefined, 'text c'])
  expect(await receive()).toEqual([null, null, null, null])
  const inOrder = await db.select().from(messages).where(eq(messages.robotId, robotId)).orderBy(messages.sequence)
  expect(inOrder.map(({ content }) => content)).toEqual(['text a', 'text b', 'text c'])
  const seen = await db.select().from(conversations).where(eq(conversations.robotId, robotId))
  expect(Object.fromEntries(seen.map((row) => [row.peerUsername, [row.unreadCount, row.lastMessageId]]))).toEqual({
    '@1': [2, received[3]?.messageId],
    '@2': [1, received[1]?.messageId],
  })
})
