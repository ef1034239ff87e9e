import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { sessions } from '@/lib/db/schema/session'
import { newKey } from '@/lib/id'
import { givenRobot, givenSession } from '@/lib/testing/factories'
import { openTestWeb, type TestWeb } from '@/lib/testing/open-test-web'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'
import { GET as getImage } from '@/app/qr/[key]/route'
import { POST as enterNumber } from '@/app/api/qr/[key]/number/route'
import { GET as getState } from '@/app/qr/[key]/state/route'

let database: TestDatabase
let web: TestWeb
beforeAll(async () => {
  database = await createTestDatabase()
  web = await openTestWeb(database)
})
afterAll(async () => {
  await web?.close()
  await database?.drop()
})

const request = new Request('http://wxbot.test/qr')
const image = (key: string) => getImage(request, { params: Promise.resolve({ key }) })
const state = async (key: string) => (await getState(request, { params: Promise.resolve({ key }) })).json()

async function givenLogin(columns: Partial<typeof sessions.$inferInsert>): Promise<string> {
  const qrKey = newKey()
  const robotId = await givenRobot(database.db)
  await givenSession(database.db, { robotId, qrKey, state: 'waiting_scan', qrContent: 'https://l/1', ...columns })
  return qrKey
}

it('the link returns the picture of the current QR code with no-store', async () => {
  const key = await givenLogin({})
  const first = await image(key)
  expect([first.status, first.headers.get('content-type'), first.headers.get('cache-control')]).toEqual([
    200,
    'image/png',
    'no-store',
  ])
  const before = Buffer.from(await first.arrayBuffer())
  await database.db.update(sessions).set({ qrContent: 'https://l/2' }).where(eq(sessions.qrKey, key))
  expect(Buffer.from(await (await image(key)).arrayBuffer()).equals(before)).toBe(false)
})

it.each([
  ['without a QR code', { state: 'starting', qrContent: null }, 404, 'starting'],
  ['scanned', { state: 'waiting_confirm' }, 200, 'waiting_confirm'],
  ['online', { state: 'online', qrContent: null, onlineAt: new Date() }, 410, 'done'],
  ['ended by another account', { state: 'ended', endReason: 'other_account', endedAt: new Date() }, 410, 'ended'],
  ['after its time limit', { attemptExpiresAt: new Date(Date.now() - 1000) }, 410, 'ended'],
  ['logged out after it was online', { state: 'ended', endReason: 'logged_out', onlineAt: new Date() }, 410, 'done'],
] as const)('the page of a login %s', async (_case, columns, status, pageState) => {
  const key = await givenLogin(columns)
  expect((await image(key)).status).toBe(status)
  expect(await state(key)).toMatchObject({ state: pageState })
})

it('an unknown key is not found', async () => {
  expect((await image('nothing')).status).toBe(404)
  expect((await getState(request, { params: Promise.resolve({ key: 'nothing' }) })).status).toBe(404)
})

it('the state exposes neither the robot nor its session', async () => {
  const key = await givenLogin({ credentialsSealed: 'sealed-text', accountUsername: '@account' })
  expect(JSON.stringify(await state(key))).not.toMatch(/rbt_|ses_|sealed|@account/)
})

const enter = (key: string, body: object, site = 'same-origin') =>
  enterNumber(
    new Request('http://wxbot.test/api/qr/key/number', {
      method: 'POST',
      headers: { 'sec-fetch-site': site },
      body: JSON.stringify(body),
    }),
    { params: Promise.resolve({ key }) },
  )

it('a number is refused from another site, without digits, for an unknown link, and while no number is requested', async () => {
  const key = await givenLogin({})
  expect((await enter(key, { number: '42' }, 'cross-site')).status).toBe(403)
  expect((await enter(key, { number: 'x' })).status).toBe(400)
  expect((await enter('unknown', { number: '42' })).status).toBe(409)
  expect((await enter(key, { number: '42' })).status).toBe(409)
})
