import { beforeEach, expect, it } from 'vitest'
import { issueToken } from '@/lib/application/issue-token'
import { requestMembership } from '@/lib/membership/request-membership'
import { upsertContact } from '@/lib/membership/upsert-contact'
import { givenRobot, givenRoom } from '@/lib/testing/factories'
import { useQunsApi } from '@/lib/testing/use-quns-api'
import * as joinToken from '@/app/(api)/v1/quns/[qunId]/join-token/route'
import * as decision from '@/app/(api)/v1/quns/[qunId]/members/[membershipId]/decision/route'
import * as members from '@/app/(api)/v1/quns/[qunId]/members/route'
import * as qun from '@/app/(api)/v1/quns/[qunId]/route'
import * as quns from '@/app/(api)/v1/quns/route'

const test = useQunsApi()
const { state, get, post, codeOf, audited } = test
const create = (code: string, name?: string) =>
  post(quns, { assistant: state.assistant, owner: '宋公明', code: codeOf(code), name })

let ids: { qunId: string }
beforeEach(async () => {
  ids = { qunId: (await create('one')).data.qun.id }
})
const show = async () => (await get(qun, {}, { ids })).data.qun
const change = (body: object) => post(qun, body, { ids })

it('B9: a group is found by its id, its number and its link, and never shows the owner’s code', async () => {
  const byId = await get(qun, {}, { ids })
  const { number, url } = byId.data.qun as unknown as { number: string; url: string }
  for (const qunId of [number, url.split('/').at(-1)!])
    expect((await get(qun, {}, { ids: { qunId } })).data.qun.id).toBe(ids.qunId)
  expect(JSON.stringify(byId.data)).not.toMatch(/key=|"code"/)
  expect(byId.data.qun).toMatchObject({
    join_token: { valid: true, expires_at: null, max_uses: null, use_count: 0 },
    member_count: 0,
    error_msg: '',
  })
})

it('B9: a group is linked, renamed, paused and closed, and each change is recorded', async () => {
  const roomId = await givenRoom(test.db, { robotId: state.robotId, name: '老顾客', username: '@@1' })
  expect(await change({ room_id: 'room_none' })).toMatchObject({ status: 404, retCode: -1005 })
  const linked = { status: 'open', room_id: roomId, name: '老顾客' }
  expect((await change({ room_id: roomId })).data.qun).toMatchObject(linked)
  expect(await change({ room_id: roomId })).toMatchObject({ status: 409, retCode: -1006 })
  const paused = { status: 'paused', name: '秋日茶友会', next_step: 'resume' }
  expect((await change({ paused: true, name: '秋日茶友会' })).data.qun).toMatchObject(paused)
  expect((await change({ paused: false, closed: true })).data.qun).toMatchObject({ status: 'closed' })
  expect((await change({ closed: false })).data.qun).toMatchObject({ status: 'open' })
  expect((await audited(ids.qunId)).map(({ action }) => action)).toEqual(['qun.create', ...Array(4).fill('qun.update')])
})

it('B9: keeps all fields if one cannot be changed', async () => {
  await create('other', '春日茶友会')
  const refused = await change({ closed: true, name: '春日茶友会' })
  expect(refused).toMatchObject({ status: 400, errorMsg: expect.stringContaining('参数 name ') })
  expect(await show()).toMatchObject({ status: 'pending_owner' })
})

it.each([
  ['name', ' '],
  ['closed', 'yes'],
  ['paused', 1],
  ['room_id', ''],
])('A5: names an invalid %s of a change', async (name, value) => {
  expect(await change({ [name]: value })).toMatchObject({
    status: 400,
    errorMsg: expect.stringContaining(`参数 ${name} `),
  })
})

it('B7: gets a new join token with limits, and the previous one ends', async () => {
  const before = (await show())['join_token'] as { token: string }
  const limits = { expires_at: '2099-12-31T00:00:00+08:00', max_uses: 5 }
  const renewed = (await post(joinToken, limits, { ids })).data.join_token
  expect(renewed).toMatchObject({ valid: true, expires_at: '2099-12-30T16:00:00.000Z', max_uses: 5, use_count: 0 })
  expect(renewed['token']).not.toBe(before.token)
  expect((await show())['join_token']).toEqual(renewed)
  expect((await post(joinToken, {}, { ids })).data.join_token).toMatchObject({ expires_at: null, max_uses: null })
  expect((await audited(ids.qunId)).at(-2)).toMatchObject({ action: 'qun.token', detail: { maxUses: 5 } })
})

it.each([
  ['expires_at', '2001-01-01T00:00:00Z'],
  ['expires_at', 'tomorrow'],
  ['max_uses', 0],
  ['max_uses', 100_001],
])('A5: names an invalid %s of a join token: %s', async (name, value) => {
  const refused = await post(joinToken, { [name]: value }, { ids })
  expect(refused).toMatchObject({ status: 400, errorMsg: expect.stringContaining(`参数 ${name} `) })
})

it('B9: lists its people page by page, and takes a decision about each', async () => {
  const { robotId } = state
  const { qunId } = ids
  await test.db.transaction(async (tx) => {
    for (const nickname of ['黑旋风', '花和尚', '九纹龙']) {
      const contact = await upsertContact(tx, { robotId, person: { username: `@${nickname}`, nickname } })
      await requestMembership(tx, { qunId, contactId: contact.id, identifiedBy: 'nickname' })
    }
  })
  const list = async (query: object) => (await get(members, query, { ids })).data
  const first = await list({ limit: 2 })
  const second = await list({ limit: 2, cursor: first.next_cursor })
  expect(second.next_cursor).toBeNull()
  const people = [...first.members, ...second.members]
  expect(new Set(people.map(({ nickname }) => nickname))).toEqual(new Set(['黑旋风', '花和尚', '九纹龙']))
  expect((await list({ q: '和尚', state: 'known' })).members).toMatchObject([{ nickname: '花和尚', is_owner: false }])
  expect(await get(members, { cursor: 'x' }, { ids })).toMatchObject({
    status: 400,
    errorMsg: expect.stringContaining('cursor'),
  })

  const idOf = (name: string) => people.find(({ nickname }) => nickname === name)?.id ?? ''
  const decide = (name: string, body: object) => post(decision, body, { ids: { ...ids, membershipId: idOf(name) } })
  const yes = await decide('黑旋风', { decision: 'yes' })
  expect(yes.data.member).toMatchObject({ state: 'known', identified_by: 'operator', error_msg: '' })
  expect(await decide('黑旋风', { decision: 'yes' })).toMatchObject({ status: 409, retCode: -1006 })
  const no = await decide('花和尚', { decision: 'no' })
  expect(no.data.member).toMatchObject({ state: 'refused', identified_by: null, error_msg: '管理员确认不是同一个人' })
  expect((await decide('九纹龙', { decision: 'remove' })).data).toEqual({ member: null })
  expect(await decide('九纹龙', { decision: 'remove' })).toMatchObject({ status: 404, retCode: -1005 })
  expect(await decide('黑旋风', { decision: 'maybe' })).toMatchObject({
    status: 400,
    errorMsg: expect.stringContaining('参数 decision '),
  })
  await test.sql`update memberships set state = 'joined' where id = ${idOf('黑旋风')}`
  expect(await decide('黑旋风', { decision: 'remove' })).toMatchObject({ status: 409 })
})

it('A3, A4: a group is unknown to a token of other robots, in every call', async () => {
  const { applicationId, assistant, otherToken } = state
  const otherRobot = await givenRobot(test.db, { applicationId, username: `${assistant}_b` })
  const limited = await issueToken(test.db, { applicationId, name: 'one', robotIds: [otherRobot] })
  for (const as of [limited.token, otherToken])
    for (const response of [
      await get(qun, {}, { ids, as }),
      await post(qun, { closed: true }, { ids, as }),
      await post(joinToken, {}, { ids, as }),
      await get(members, {}, { ids, as }),
      await post(decision, { decision: 'yes' }, { ids: { ...ids, membershipId: 'mbr_1' }, as }),
    ])
      expect(response).toMatchObject({ status: 404, retCode: -1005, errorMsg: '群不存在' })
  expect(await show()).toMatchObject({ status: 'pending_owner' })
})
