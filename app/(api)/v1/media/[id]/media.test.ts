import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { media, messages } from '@/lib/db/schema/message'
import { peerHeader, signPeerAddress } from '@/lib/http/peer-address'
import { newId } from '@/lib/id'
import { givenRobot } from '@/lib/testing/factories'
import { openTestWeb, type TestWeb } from '@/lib/testing/open-test-web'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'
import * as route from '@/app/(api)/v1/media/[id]/route'

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

async function givenMedia(
  contentType: string,
  bytes = Buffer.from('bytes'),
  fileName: string | null = null,
): Promise<string> {
  const { db } = database
  const robotId = await givenRobot(db)
  const messageId = newId('message')
  const stored = { direction: 'in', type: 'image', state: 'received', content: '', wechatId: messageId } as const
  await db.insert(messages).values({ id: messageId, robotId, ...stored })
  const id = newId('media')
  await db.insert(media).values({ id, robotId, messageId, contentType, fileName, sizeBytes: bytes.length, bytes })
  return id
}
const get = (id: string) => route.GET(new Request('http://wxbot.test/v1/media'), { params: Promise.resolve({ id }) })

it.each(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/bmp'])('%s is served inline', async (type) => {
  const response = await get(await givenMedia(type))
  expect(response.status).toBe(200)
  expect(Object.fromEntries(response.headers)).toMatchObject({ 'content-type': type, 'content-disposition': 'inline' })
  expect(await response.text()).toBe('bytes')
})

it.each(['image/svg+xml', 'text/html', 'application/pdf', 'image/avif', 'application/xhtml+xml', 'image/png; x="'])(
  '%s is served as an attachment of unknown type',
  async (type) => {
    const response = await get(await givenMedia(type, Buffer.from('<script>alert(1)</script>')))
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': 'attachment',
    })
  },
)

it('an attachment has the file name of its sender', async () => {
  const response = await get(await givenMedia('application/zip', Buffer.from('PK'), '报价单 (1).xlsx'))
  expect(response.headers.get('content-disposition')).toBe(
    `attachment; filename="___ (1).xlsx"; filename*=UTF-8''%E6%8A%A5%E4%BB%B7%E5%8D%95%20%281%29.xlsx`,
  )
})

it('no type can run scripts in our origin', async () => {
  for (const type of ['image/png', 'text/html']) {
    const { headers } = await get(await givenMedia(type))
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('content-security-policy')).toBe("sandbox; default-src 'none'")
  }
})

it.each(['med_0000000000000000000000', 'x', '../../etc/passwd', 'med_%00', 'med_\0', "med_' or 1=1 --"])(
  '%j is 404',
  async (id) => {
    const response = await get(id)
    expect(response.status).toBe(404)
    expect(await response.json()).toMatchObject({ retCode: -1005 })
  },
)

it('a large file is streamed completely in chunks', async () => {
  const bytes = randomBytes(1_000_003)
  const response = await get(await givenMedia('image/png', bytes))
  expect(response.headers.get('content-length')).toBe(String(bytes.length))
  const sizes: number[] = []
  const parts: Uint8Array[] = []
  for await (const part of response.body as unknown as AsyncIterable<Uint8Array>) {
    sizes.push(part.length)
    parts.push(part)
  }
  expect(Buffer.concat(parts).equals(bytes)).toBe(true)
  expect(Math.max(...sizes)).toBeLessThanOrEqual(256 * 1024)
})

it('a file that is deleted while it is read ends with an error, not with a short body', async () => {
  const id = await givenMedia('image/png', randomBytes(600_000))
  const response = await get(id)
  const reader = response.body!.getReader()
  await reader.read()
  await database.sql`delete from media where id = ${id}`
  await expect(reader.read()).rejects.toThrow(/deleted/)
})

it('a link is invalid after its robot is deleted and while its application is disabled', async () => {
  const id = await givenMedia('image/png')
  const owner = database.sql`select robots.id, application_id from media join robots on robots.id = robot_id where media.id = ${id}`
  const [{ id: robotId, application_id: applicationId }] = (await owner) as unknown as [Record<string, string>]
  await database.sql`update applications set disabled_at = now() where id = ${applicationId!}`
  expect((await get(id)).status).toBe(404)
  await database.sql`update applications set disabled_at = null where id = ${applicationId!}`
  expect((await get(id)).status).toBe(200)
  await database.sql`update robots set deleted_at = now() where id = ${robotId!}`
  expect((await get(id)).status).toBe(404)
})

it('guesses are refused after 60 per minute and address', async () => {
  const headers = { [peerHeader]: signPeerAddress('203.0.113.77') }
  const guess = () =>
    route.GET(new Request('http://wxbot.test/v1/media', { headers }), {
      params: Promise.resolve({ id: newId('media') }),
    })
  const statuses: number[] = []
  for (let count = 0; count < 61; count++) statuses.push((await guess()).status)
  expect(statuses.slice(0, 60)).toEqual(Array.from({ length: 60 }, () => 404))
  const refused = await guess()
  expect(refused.status).toBe(429)
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
})
