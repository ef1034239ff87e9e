import { expect, it } from 'vitest'
import * as contacts from '@/app/(api)/v1/robots/[robotId]/contacts/route'
import * as remark from '@/app/(api)/v1/robots/[robotId]/contacts/[contactId]/remark/route'
import * as accept from '@/app/(api)/v1/robots/[robotId]/friend-requests/[requestId]/accept/route'
import * as refuse from '@/app/(api)/v1/robots/[robotId]/friend-requests/[requestId]/refuse/route'
import * as requests from '@/app/(api)/v1/robots/[robotId]/friend-requests/route'
import * as members from '@/app/(api)/v1/robots/[robotId]/rooms/[roomId]/members/route'
import { setCompanions } from '@/lib/membership/set-companions'
import { listCompanions } from '@/lib/robot/companions'
import { callRoute, type Route } from '@/lib/testing/call-route'
import { useGatewayRobot } from '@/worker/gateway/testing/use-gateway-robot'

const given = useGatewayRobot()
const { test, account, post } = given

type Contact = { id: string; nickname: string; remark: string }
type Request = { id: string; nickname: string; greeting: string; state: string }

const get = async (route: Route, query: Record<string, string> = {}, params: Record<string, string> = {}) => {
  const response = await callRoute(route, 'GET', {
    query: { token: given.token, ...query },
    params: { robotId: given.robotId, ...params },
  })
  return response.data as {
    contacts: Contact[]
    friend_requests: Request[]
    members: { nickname: string; username: string | null }[]
    read_at: string | null
    next_cursor: string | null
  }
}
const isLoaded = () => test.until(async () => (await get(contacts)).contacts.length > 3)
const befriend = async (from: string, greeting: string): Promise<Request> => {
  await test.control(`/accounts/${account}/friend-requests`, { from, greeting })
  const find = async () => (await get(requests)).friend_requests.find((one) => one.greeting === greeting)
  await test.until(async () => Boolean(await find()))
  return (await find()) as Request
}

it('the address book is listed in pages and searched by remark and nickname', async () => {
  await given.goOnline()
  await isLoaded()
  const all = (await get(contacts)).contacts
  const names: string[] = []
  let cursor = ''
  do {
    const page = await get(contacts, { limit: '3', ...(cursor && { cursor }) })
    expect(page.contacts.length).toBeLessThanOrEqual(3)
    names.push(...page.contacts.map(({ id }) => id))
    cursor = page.next_cursor ?? ''
  } while (cursor)
  expect(names).toEqual(all.map(({ id }) => id))
  expect(new Set(names).size).toBe(names.length)
  const one = all.find(({ nickname }) => nickname.length > 1) as Contact
  const found = (await get(contacts, { search: one.nickname.slice(0, 2) })).contacts
  expect(found.map(({ id }) => id)).toContain(one.id)
  expect((await get(contacts, { search: 'nobody has this name' })).contacts).toEqual([])
  const wrong = { token: given.token, cursor: 'wxid_nobody' }
  expect(await callRoute(contacts, 'GET', { query: wrong, params: { robotId: given.robotId } })).toMatchObject({
    retCode: -1005,
  })
})

it('a remark is set at WeChat, listed at once, and keeps the tag of an assistant', async () => {
  await given.goOnline()
  await isLoaded()
  const { id, nickname } = (await get(contacts, { search: '陈静' })).contacts[0] as Contact
  const set = (text: string) => post(remark, { remark: text }, { contactId: id })
  expect(await set(' 王老板 ')).toMatchObject({ retCode: 0, data: { contact: { id, remark: '王老板', nickname } } })
  const atWechat = async () => {
    const { accounts } = (await test.control('/state')) as unknown as {
      accounts: { wxid: string; friends: { wxid: string; remark: string }[] }[]
    }
    return accounts.find(({ wxid }) => wxid === account)?.friends.find(({ wxid }) => wxid === id)?.remark
  }
  expect(await atWechat()).toBe('王老板')
  await test.db.transaction((tx) => setCompanions(tx, { robotId: given.robotId, names: ['王老板'] }))
  expect(await set('李老板')).toMatchObject({ retCode: 0, data: { contact: { remark: '李老板' } } })
  expect(await atWechat()).toMatch(/^李老板 #[a-z0-9]{6}$/)
  expect(await set('')).toMatchObject({ retCode: 0 })
  expect(await set('字'.repeat(17))).toMatchObject({ retCode: -1005 })
  expect(await post(remark, { remark: '谁' }, { contactId: 'wxid_nobody' })).toMatchObject({ retCode: -1005 })
})

it('a friend request is listed with its greeting, accepted or refused once, and never both', async () => {
  await given.goOnline()
  await isLoaded()
  const first = await befriend('wxid_denglu000126', '我是楼下花店的')
  expect(first).toMatchObject({ state: 'pending' })
  const accepted = await post(accept, {}, { requestId: first.id })
  expect(accepted).toMatchObject({ retCode: 0, data: { friend_request: { state: 'accepted' } } })
  expect((await get(contacts, { search: first.nickname })).contacts).toHaveLength(1)
  expect(await post(refuse, {}, { requestId: first.id })).toMatchObject({ retCode: -1006 })
  expect((await get(requests, { state: 'pending' })).friend_requests).toEqual([])
})

it('the members of a room are read from WeChat on request and then listed', async () => {
  await given.goOnline()
  const { id: roomId } = await test.room(given.robotId, '云商城售后群 100086')
  expect(await get(members, {}, { roomId })).toMatchObject({ read_at: null, members: [] })
  const read = await post(members, {}, { roomId })
  expect(read).toMatchObject({ retCode: 0 })
  const listed = await get(members, {}, { roomId })
  expect(listed.members.length).toBeGreaterThan(1)
  expect(listed.members.every(({ username }) => username?.startsWith('wxid_'))).toBe(true)
  expect(listed).toEqual(read.data)
  expect((await post(members, {}, { roomId })).data).toMatchObject({ read_at: listed.read_at })
  expect((await post(members, { refresh: true }, { roomId })).data?.read_at).not.toBe(listed.read_at)
})

it('B3: a starter contact picked from the address book is identified at once', async () => {
  await given.goOnline()
  await isLoaded()
  const { robotId } = given
  const [picked] = (await get(contacts, { search: '陈静' })).contacts
  const username = picked?.id ?? ''
  const choose = (names: string[]) =>
    test.db.transaction(async (tx) => {
      await setCompanions(tx, { robotId, names, picked: [{ name: '店长', username }] })
      return listCompanions(tx, { robotId })
    })
  expect(await choose(['店长', '杨洋', '没有此人'])).toMatchObject([
    { name: '店长', identifiedBy: 'operator' },
    { name: '杨洋', identifiedBy: 'nickname' },
    { name: '没有此人', contactId: null },
  ])
})
