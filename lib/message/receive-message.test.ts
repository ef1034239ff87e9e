import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { media, messages } from '@/lib/db/schema/message'
import { givenApplication, givenRobot } from '@/lib/testing/factories'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'
import { receiveMessage } from '@/lib/message/receive-message'

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
