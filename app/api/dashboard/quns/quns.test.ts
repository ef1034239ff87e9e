import QRCode from 'qrcode'
import { beforeEach, expect, it } from 'vitest'
import { requestMembership } from '@/lib/membership/request-membership'
import { upsertContact } from '@/lib/membership/upsert-contact'
import { webContext } from '@/lib/http/web-context'
import { createQun } from '@/lib/qun/create-qun'
import { recordVisit } from '@/lib/qun/qun-visits'
import { nextStep } from '@/lib/membership/next-step'
import { setCompanions } from '@/lib/membership/set-companions'
import { givenRobot, givenRoom } from '@/lib/testing/factories'
import { useDashboard } from '@/lib/testing/use-dashboard'
import * as assistants from '@/app/api/dashboard/assistants/route'
import * as assistant from '@/app/api/dashboard/robots/[robotId]/assistant/route'
import * as arrivals from '@/app/api/dashboard/quns/[qunId]/arrivals/route'
import * as members from '@/app/api/dashboard/quns/[qunId]/members/route'
import * as qun from '@/app/api/dashboard/quns/[qunId]/route'
import * as token from '@/app/api/dashboard/quns/[qunId]/token/route'
import * as quns from '@/app/api/dashboard/quns/route'

const test = useDashboard()
let robotId: string
let ids: { qunId: string; robotId: string }
let codes = 0
beforeEach(async () => {
  robotId = await givenRobot(test.db, { nickname: '小微' })
  const draft = {
    robotId,
    groupCode: `shop|${++codes}`,
    ownerName: '宋公明',
    nameTemplate: '{owner} {number}',
    sealer: webContext().sealer,
  }
  ids = { robotId, qunId: (await test.db.transaction((tx) => createQun(tx, draft))).id }
})
const detail = async () => (await test.asAdmin(qun.GET, 'GET', { ids })).body

it('groups are listed with a funnel that counts people, not visits', async () => {
  const { qunId } = ids
  for (const userAgent of ['a phone', 'a phone', 'another phone'])
    await recordVisit(test.db, { qunId, address: '10.0.0.1', userAgent, secret: 's' })
  await test.db.transaction(async (tx) => {
    const contact = await upsertContact(tx, { robotId, person: { username: '@1', nickname: '黑旋风' } })
    await requestMembership(tx, { qunId, contactId: contact.id, identifiedBy: 'nickname' })
  })
  const { body } = await test.asAdmin(quns.GET, 'GET')
  expect(body.rows[0]).toMatchObject({
    id: qunId,
    status: 'pending_owner',
    funnel: { opened: 2, added: 1, joined: 0 },
  })
  expect(await detail()).toMatchObject({
    url: expect.stringContaining('/weiqun/'),
    ownerUrl: expect.stringContaining('?key='),
  })
})

it('groups are found by number, owner and state; an unknown state is refused', async () => {
  const { number } = await detail()
  const find = async (query: string) => (await test.asAdmin(quns.GET, 'GET', { query })).body
  expect(await find(`?q=${number}`)).toMatchObject({ total: 1, rows: [{ id: ids.qunId }] })
  expect((await find(`?q=宋公&robot=${robotId}&state=pending_owner`)).total).toBe(1)
  expect((await find(`?robot=${robotId}&state=open`)).total).toBe(0)
  expect(await test.asAdmin(quns.GET, 'GET', { query: '?state=none' })).toMatchObject({ status: 400 })
})

it('members of a group are paged, and counted per day of a time zone', async () => {
  const { qunId } = ids
  await test.db.transaction(async (tx) => {
    for (const [index, nickname] of ['黑旋风', '花和尚'].entries()) {
      const contact = await upsertContact(tx, { robotId, person: { username: `@${index}`, nickname } })
      await requestMembership(tx, { qunId, contactId: contact.id, identifiedBy: 'nickname' })
    }
  })
  await test.sql`update memberships set state = 'joined', joined_at = now() where qun_id = ${qunId}
    and contact_id in (select id from contacts where nickname = '花和尚')`
  await recordVisit(test.db, { qunId, address: '10.0.0.1', userAgent: 'a phone', secret: 's' })
  await test.sql`update qun_visits set first_at = now() - interval '40 days' where qun_id = ${qunId}`
  const list = async (query: string) => (await test.asAdmin(members.GET, 'GET', { ids, query })).body
  expect((await list('?sort=joined')).rows).toMatchObject([
    { nickname: '花和尚' },
    { nickname: '黑旋风', joinedAt: null },
  ])
  expect(await list('?state=known')).toMatchObject({ total: 1, rows: [{ nickname: '黑旋风', state: 'known' }] })
  expect((await list('?q=和尚')).total).toBe(1)
  expect(await test.asAdmin(members.GET, 'GET', { ids, query: '?state=none' })).toMatchObject({ status: 400 })

  const count = (query: string) => test.asAdmin(arrivals.GET, 'GET', { ids, query })
  const { body } = await count('?timeZone=Asia/Shanghai')
  expect(body).toHaveLength(30)
  expect(body.at(-1)).toMatchObject({ opened: 0, joined: 1 })
  expect((await count('?timeZone=Mars/Base')).status).toBe(400)
})

it('a group is paused, linked to a room, closed, reopened, and its token replaced', async () => {
  const roomId = await givenRoom(test.db, { robotId, name: '老顾客', username: '@@1' })
  const change = (body: object) => test.asAdmin(qun.PATCH, 'PATCH', { ids, body })
  expect((await change({ roomId: 'room_none' })).status).toBe(404)
  expect((await change({ roomId })).status).toBe(200)
  expect(await detail()).toMatchObject({ status: 'open', name: '老顾客' })
  expect((await change({ roomId })).status).toBe(409)
  await change({ isPaused: true })
  expect(await detail()).toMatchObject({ status: 'paused' })
  await change({ isPaused: false, isClosed: true })
  expect(await detail()).toMatchObject({ status: 'closed' })
  await change({ isClosed: false })
  const before = await detail()
  expect(before).toMatchObject({ status: 'open' })
  await test.asAdmin(token.POST, 'POST', { ids, body: { expiresAt: null, maxUses: 5 } })
  const after = await detail()
  expect(after.tokens).toMatchObject([
    { maxUses: 5, useCount: 0, state: 'active' },
    { text: before.tokens[0].text, state: 'replaced' },
  ])
})

it('a group is requested with the checks of the API, once per group code', async () => {
  const username = `weimi${codes}`
  const requestBody = {
    assistant: username,
    owner: '吴用',
    code: Buffer.from(`new|${codes}`).toString('base64'),
    name: '',
  }
  const create = (body: object) => test.asAdmin(quns.POST, 'POST', { body: { ...requestBody, ...body } })
  expect(await create({})).toMatchObject({ status: 404, body: { error: { parameter: 'assistant' } } })
  await test.sql`update robots set is_assistant = true, username = ${username} where id = ${robotId}`
  expect(await create({})).toMatchObject({ status: 503, body: { error: { reason: 'no_companions' } } })
  await test.db.transaction((tx) => setCompanions(tx, { robotId, names: ['陈静'] }))
  for (const [parameter, value] of [
    ['code', '/w=='],
    ['owner', ' '],
    ['name', '长'.repeat(33)],
  ] as const)
    expect(await create({ [parameter]: value })).toMatchObject({ status: 400, body: { error: { parameter } } })
  const created = await create({})
  expect(created).toMatchObject({ status: 200, body: { status: 'pending_owner' } })
  expect(await create({})).toMatchObject({ status: 200, body: { qunId: created.body.qunId } })
  expect(await create({ owner: '宋江' })).toMatchObject({ status: 409, body: { error: { reason: 'qun_code_taken' } } })
  const { rows } = (await test.asAdmin(quns.GET, 'GET', { query: `?robot=${robotId}` })).body
  expect(rows).toHaveLength(2)
  expect(rows[0]).toMatchObject({ id: created.body.qunId, name: '吴用的群' })
  const audited = await test.sql`select detail from audit_entries where target_id = ${created.body.qunId}`
  expect(audited).toMatchObject([{ detail: { owner: '吴用', assistant: username } }])
  expect((await test.asAdmin(assistants.GET, 'GET')).body).toContainEqual(
    expect.objectContaining({ robotId, username, isOnline: false, lacksStarters: false }),
  )
})

it('a group has the name that an operator gives it; another group of the assistant cannot take it', async () => {
  const rename = (qunId: string, name: string) =>
    test.asAdmin(qun.PATCH, 'PATCH', { ids: { ...ids, qunId }, body: { name } })
  expect((await detail()).name).toBe('宋公明')
  expect((await rename(ids.qunId, '春日茶友会')).status).toBe(200)
  expect(await detail()).toMatchObject({ name: '春日茶友会' })
  const roomId = await givenRoom(test.db, { robotId, name: '老顾客', username: '@@2' })
  await test.asAdmin(qun.PATCH, 'PATCH', { ids, body: { roomId } })
  expect(await detail()).toMatchObject({ name: '老顾客' })
  await rename(ids.qunId, '秋日茶友会')
  expect(await detail()).toMatchObject({ name: '秋日茶友会' })
  expect(await nextStep(test.db, { robotId })).toMatchObject({ type: 'rename', id: ids.qunId })
  const draft = { robotId, groupCode: `shop|${++codes}`, ownerName: '吴用', nameTemplate: '{owner} {number}' }
  const other = await test.db.transaction((tx) => createQun(tx, { ...draft, sealer: webContext().sealer }))
  expect(await rename(other.id, '秋日茶友会')).toMatchObject({
    status: 400,
    body: { error: { parameter: 'name', reason: 'qun_name_taken' } },
  })
})

it('a robot becomes an assistant with companions and a contact QR code', async () => {
  const codeBase64 = (await QRCode.toBuffer('weixin://')).toString('base64')
  const patch = (body: object) => test.asAdmin(assistant.PATCH, 'PATCH', { ids, body })
  expect((await patch({ codeBase64: Buffer.from('no picture').toString('base64') })).status).toBe(400)
  expect(
    (await patch({ isAssistant: true, acceptsNicknames: false, companions: ['陈静', '陈静'], codeBase64 })).status,
  ).toBe(200)
  expect((await test.asAdmin(assistant.GET, 'GET', { ids })).body).toEqual({
    isAssistant: true,
    acceptsNicknames: false,
    companions: [{ name: '陈静', isFound: false, isByNickname: false }],
    hasContactQr: true,
    cooldowns: [],
  })
})

it.each([
  ['PATCH', qun.PATCH, { isPaused: true }],
  ['PATCH', assistant.PATCH, { isAssistant: true }],
  ['POST', token.POST, { expiresAt: null, maxUses: null }],
] as const)('a viewer can read a group, but not change it: %s', async (method, handler, body) => {
  expect((await test.call(handler, method, { cookie: test.cookieOf.viewer, ids, body })).status).toBe(403)
  expect((await test.call(handler, method, { ids, body })).status).toBe(401)
  const seen = await test.call(qun.GET, 'GET', { cookie: test.cookieOf.viewer, ids })
  expect(seen).toMatchObject({ status: 200, body: { ownerUrl: null } })
})
