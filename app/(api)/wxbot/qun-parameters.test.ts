import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { quns } from '@/lib/db/schema/qun'
import { peerHeader, signPeerAddress } from '@/lib/http/peer-address'
import { setCompanions } from '@/lib/membership/set-companions'
import { givenRobot } from '@/lib/testing/factories'
import { openTestWeb, type TestWeb } from '@/lib/testing/open-test-web'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'
import * as rest from '@/app/(api)/wxbot/[[...rest]]/route'
import * as qun from '@/app/(api)/wxbot/qun/route'

const code = 'MEU3RDZEOEZCNkMzfDg4ODg='
const draft = { code, owner: '宋公明', assistant: 'weimi1001' }
let database: TestDatabase
let web: TestWeb
beforeAll(async () => {
  database = await createTestDatabase()
  web = await openTestWeb(database, { QUN_ALLOW: '127.0.0.0/8' })
})
afterAll(async () => {
  await web?.close()
  await database?.drop()
})
beforeEach(async () => {
  await database.db.execute(sql`truncate robots, quns, memberships, join_tokens, rate_limits cascade`)
  const robotId = await givenRobot(database.db, { username: 'weimi1001', isAssistant: true })
  await database.db.transaction((tx) => setCompanions(tx, { robotId, names: ['陈静'] }))
})

type Sent = { body?: BodyInit; method?: 'GET' | 'POST'; headers?: Record<string, string> }

async function call(route: typeof qun, { method = 'POST', headers, ...sent }: Sent) {
  const init = {
    method,
    headers: { [peerHeader]: signPeerAddress('127.0.0.1'), host: 'wxbot.test', ...headers },
    ...sent,
  }
  const response = await route[method](new Request('http://wxbot.test/wxbot/qun', init))
  const body = (await response.json()) as { error?: { code: number; message: string } }
  return { status: response.status, code: body.error?.code, message: body.error?.message ?? '' }
}
const json = (value: object) => ({ body: JSON.stringify(value) })
const gbk = { body: `code=${code}&owner=%CB%CE%B9%AB%C3%F7&assistant=weimi1001` }

const documented = /^缺少必须的参数或参数值无效！./

/** Returns a multipart form whose `owner` has these bytes. */
function multipart(owner: number[]): Sent {
  const field = (name: string, bytes: Buffer) =>
    Buffer.concat([
      Buffer.from(`--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n`),
      bytes,
      Buffer.from('\r\n'),
    ])
  const fields = [field('code', Buffer.from(code)), field('owner', Buffer.from(owner))]
  const body = Buffer.concat([...fields, field('assistant', Buffer.from('weimi1001')), Buffer.from('--x--\r\n')])
  return { body, headers: { 'content-type': 'multipart/form-data; boundary=x' } }
}

it.each([
  ['a missing code', json({ ...draft, code: undefined }), 'code'],
  ['a code that does not decode', json({ ...draft, code: '/w==' }), 'code'],
  ['an empty owner', json({ ...draft, owner: ' ' }), 'owner'],
  ['an assistant of the wrong type', json({ ...draft, assistant: 7 }), 'assistant'],
  ['a parameter given twice', { body: `code=${code}&code=${code}&owner=a&assistant=b` }, 'code'],
  ['a form in GBK', gbk, 'owner'],
  ['an unused field in GBK', { body: `code=${code}&owner=a&assistant=weimi1001&shop=%CB%CE` }, 'shop'],
  ['a multipart form in GBK', multipart([0xcb, 0xce, 0xb9, 0xab]), 'owner'],
  ['a name that the client has garbled', json({ ...draft, owner: '\ufffd\u03ce' }), 'owner'],
])('B1: 1001 begins with the documented sentence and names the parameter of %s', async (_case, sent, parameter) => {
  const refused = await call(qun, sent)
  expect(refused).toMatchObject({ status: 400, code: 1001, message: expect.stringMatching(documented) })
  expect(refused.message).toContain(`参数 ${parameter} `)
  expect(await database.db.select().from(quns)).toEqual([])
})

it('B4: a code refused in GBK is accepted in UTF-8', async () => {
  expect(await call(qun, gbk)).toMatchObject({ status: 400, code: 1001 })
  expect(await call(qun, { body: new URLSearchParams(draft) })).toMatchObject({ status: 200 })
  expect(await database.db.select().from(quns)).toMatchObject([{ ownerName: '宋公明' }])
})

it('B1: every 1001 begins with the documented sentence, and 409 names the code', async () => {
  await call(qun, json(draft))
  const taken = await call(qun, json({ ...draft, owner: '吴用' }))
  const message = '缺少必须的参数或参数值无效！参数 code：群号代码已用于其他群主或助手'
  expect(taken).toEqual({ status: 409, code: 1001, message })
  for (const other of [await call(qun, { method: 'GET' }), await call(rest, {}), await call(qun, { body: '[1' })])
    expect(other).toMatchObject({ code: 1001, message: expect.stringMatching(documented) })
})
