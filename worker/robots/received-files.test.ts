import { expect, it } from 'vitest'
import { callbackEvents } from '@/lib/db/schema/callback'
import { media } from '@/lib/db/schema/message'
import { eq } from 'drizzle-orm'
import { givenApplication } from '@/lib/testing/factories'
import { useRobots } from '@/worker/testing/use-robots'

const test = useRobots()

it('the event of a received file has a link that ends with the file name, under which the file is stored', async () => {
  const worker = test.startWorker()
  const applicationId = await givenApplication(test.db, { callbackUrl: 'http://dev.test/cb' })
  const robotId = await test.givenRobot({ applicationId })
  await test.logIn(worker, robotId, 'wxid_weimi000001')
  const { id } = await test.simulatedRoom('云商城售后群 100086')
  const file = { type: 'file', fileBase64: Buffer.from('%PDF-1.4').toString('base64'), fileName: '报价单 (1).xlsx' }
  await test.control(`/rooms/${encodeURIComponent(id)}/messages`, { from: 'wxid_wangfang0101', ...file })
  const stored = () => test.db.select().from(media).where(eq(media.robotId, robotId))
  await test.until(async () => (await stored()).length > 0)
  const [kept] = await stored()
  expect(kept).toMatchObject({ fileName: '报价单 (1).xlsx', contentType: 'application/pdf' })
  const events = await test.db.select().from(callbackEvents).where(eq(callbackEvents.robotId, robotId))
  expect(events.map(({ data }) => data)).toMatchObject([
    { content: `http://wxbot.test/v1/media/${kept?.id}?name=%E6%8A%A5%E4%BB%B7%E5%8D%95%20(1).xlsx` },
  ])
})
