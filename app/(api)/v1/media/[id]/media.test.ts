import { afterAll, beforeAll, expect, it } from 'vitest'
import { media, messages } from '@/lib/db/schema/message'
import { newId } from '@/lib/id'
import { givenRobot } from '@/lib/testing/factories'
import { openTestWeb, type TestWeb } from '@/lib/testing/open-test-web'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'
import * as route from './route'

let database: TestDatabase
let web: TestWeb
beforeAll(async () => {
  database = await createTestDatabase()
  web = await openTestWeb(database)
})
afterAll(async () => {
  await web.close()
  await database.drop()
})

async function givenMedia(contentType: string, bytes = Buffer.from('bytes')): Promise<string> {
  const { db } = database
  const robotId = await givenRobot(db)
  const messageId = newId('message')
  const said = { direction: 'in', type: 'image', state: 'received', content: '', wechatId: messageId } as const
  await db.insert(messages).values({ id: messageId, robotId, ...said })
  const id = newId('media')
  await db.insert(media).values({ id, robotId, messageId, contentType, sizeBytes: bytes.length, bytes })
  return id
}
const get = (id: string) => route.GET(new Request('http://wxbot.test/v1/media'), { params: Promise.resolve({ id }) })

it.each(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/bmp'])('%s is shown in place', async (type) => {
  const answer = await get(await givenMedia(type))
  expect(answer.status).toBe(200)
  expect(Object.fromEntries(answer.headers)).toMatchObject({ 'content-type': type, 'content-disposition': 'inline' })
  expect(await answer.text()).toBe('bytes')
})

it.each(['image/svg+xml', 'text/html', 'application/pdf', 'image/avif', 'application/xhtml+xml', 'image/png; x="'])(
  '%s is a download of unknown kind',
  async (type) => {
    const answer = await get(await givenMedia(type, Buffer.from('<script>alert(1)</script>')))
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': 'attachment',
    })
  },
)

it('whatever it is, it runs nothing in our origin', async () => {
  for (const type of ['image/png', 'text/html']) {
    const { headers } = await get(await givenMedia(type))
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('content-security-policy')).toBe("sandbox; default-src 'none'")
  }
})

it.each(['med_0000000000000000000000', 'x', '../../etc/passwd', 'med_%00', 'med_\0', "med_' or 1=1 --"])(
  '%j is not there',
  async (id) => {
    const answer = await get(id)
    expect(answer.status).toBe(404)
    expect(await answer.json()).toMatchObject({ retCode: -1005 })
  },
)
