import { afterAll, beforeAll, expect, it } from 'vitest'
import { POST } from '@/app/api/qr/again/[key]/route'
import { provideLoginLinks } from '@/lib/session/login-link'
import { newPeer } from '@/lib/testing/call-route'
import { givenApplication, givenRobot, givenSession } from '@/lib/testing/factories'
import { openTestWeb, type TestWeb } from '@/lib/testing/open-test-web'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'

let database: TestDatabase
let web: TestWeb
beforeAll(async () => {
  database = await createTestDatabase()
  web = await openTestWeb(database, { APPLICATION_MAX_LOGINS: '1' })
})
afterAll(async () => {
  await web?.close()
  await database?.drop()
})

/** Presses the button of the page, by default from an address of its own. */
async function press(key: string, headers: Record<string, string> = {}) {
  const own = { 'sec-fetch-site': 'same-origin', ...newPeer(), ...headers }
  const request = new Request(`http://wxbot.test/api/qr/again/${key}`, { method: 'POST', headers: own })
  const response = await POST(request, { params: Promise.resolve({ key }) })
  return [response.status, response.headers.get('location')]
}

async function givenLink(applicationId?: string): Promise<{ robotId: string; key: string }> {
  const robotId = await givenRobot(database.db, applicationId ? { applicationId } : {})
  const at = new Date()
  await givenSession(database.db, { robotId, state: 'ended', endReason: 'expired', onlineAt: at, endedAt: at })
  const links = await provideLoginLinks(database.db, { sealer: web.context.sealer, robotIds: [robotId] })
  return { robotId, key: links.get(robotId) ?? '' }
}

it('a press starts a login, joins the one in progress, and is in the audit', async () => {
  const { robotId, key } = await givenLink()
  const [status, location] = await press(key)
  const [login] =
    await database.sql`select qr_key as "qrKey" from sessions where robot_id = ${robotId} and state = 'starting'`
  expect([status, location]).toEqual([303, `/qr/${login?.['qrKey']}.html`])
  expect(await press(key)).toEqual([303, location])
  const entries = await database.sql`select action, actor from audit_entries where target_id = ${robotId}`
  expect(entries).toEqual([{ action: 'robot.login', actor: 'anonymous' }])
  const commands = await database.sql`select type from commands where robot_id = ${robotId}`
  expect(commands).toEqual([{ type: 'login' }])
})

it.each([
  ['another site', { 'sec-fetch-site': 'cross-site' }],
  ['a form of another origin in an old browser', { 'sec-fetch-site': '', origin: 'https://evil.example' }],
])('%s starts no login', async (_case, headers) => {
  const { robotId, key } = await givenLink()
  expect(await press(key, headers)).toEqual([403, null])
  expect(await database.sql`select 1 from commands where robot_id = ${robotId}`).toEqual([])
})

it.each(['unknown', '%00', 'x/../y'])('an unknown key %j leads back to the page of the link', async (key) => {
  expect(await press(key)).toEqual([303, `/qr/again/${encodeURIComponent(key)}.html`])
})

it('a link whose robot is online again leads back to its page', async () => {
  const { robotId, key } = await givenLink()
  await givenSession(database.db, { robotId, onlineAt: new Date() })
  expect(await press(key)).toEqual([303, `/qr/again/${key}.html`])
})

it('too many open logins of the application are refused on the page', async () => {
  const applicationId = await givenApplication(database.db)
  await givenSession(database.db, { robotId: await givenRobot(database.db, { applicationId }), state: 'waiting_scan' })
  const { key } = await givenLink(applicationId)
  expect(await press(key)).toEqual([303, `/qr/again/${key}.html?problem=later`])
})

it('presses are limited per link, whatever their addresses, and per address, whatever their links', async () => {
  const { key } = await givenLink()
  for (let count = 0; count < 10; count++) expect((await press(key))[1]).toMatch(/^\/qr\/\w{22}\.html$/)
  expect(await press(key)).toEqual([303, `/qr/again/${key}.html?problem=later`])
  const own = newPeer()
  for (let count = 0; count < 10; count++) expect((await press(`unknown${count}`, own))[1]).not.toContain('problem')
  expect(await press('unknown', own)).toEqual([303, '/qr/again/unknown.html?problem=later'])
})
