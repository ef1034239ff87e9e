import { beforeEach, expect, it } from 'vitest'
import { listFriendRequests } from '@/lib/address-book/friend-request'
import { listContacts } from '@/lib/address-book/list-contacts'
import { requestCommand } from '@/lib/command/request-command'
import type { CommandPayload } from '@/lib/db/types'
import { listRoomMembers } from '@/lib/membership/list-room-members'
import type { RobotPool } from '@/worker/robots/robot-pool'
import { useRobots } from '@/worker/testing/use-robots'

const account = 'wxid_weimi000001'
const test = useRobots()
let worker: RobotPool
let robotId: string
beforeEach(async () => {
  worker = test.startWorker()
  robotId = await test.givenRobot()
})

const listed = async (search?: string) => (await listContacts(test.db, { robotId, search, limit: 100 })).rows
const requests = async () => (await listFriendRequests(test.db, { robotId, limit: 100 })).rows
const run = async (
  type: 'set_remark' | 'accept_friend' | 'refuse_friend' | 'list_members',
  payload: CommandPayload,
) => {
  const command = { robotId, type, timeoutMs: 10_000, payload, actor: 'cli' }
  const { commandId } = await test.db.transaction((tx) => requestCommand(tx, command))
  await worker.wake(robotId)
  return test.reply(commandId)
}
const befriend = async (from: string, greeting: string) => {
  await test.control(`/accounts/${account}/friend-requests`, { from, greeting })
  await test.until(async () => (await requests()).some((request) => request.greeting === greeting))
  return (await requests())[0]?.id ?? ''
}
const logIn = async () => {
  await test.logIn(worker, robotId, account)
  await test.until(async () => (await listed()).length > 3)
}

it('the web protocol sets a remark, accepts a friend, and lists both without a new login', async () => {
  await logIn()
  const [person] = await listed('陈静')
  expect(await run('set_remark', { username: person?.username ?? '', remark: '店长' })).toMatchObject({ state: 'done' })
  expect(await listed('店长')).toMatchObject([{ nickname: '陈静', remark: '店长' }])
  const accepted = await befriend('wxid_denglu000126', '我是邓璐')
  expect(await listed('邓璐')).toEqual([])
  expect(await run('accept_friend', { friendRequestId: accepted })).toMatchObject({ state: 'done' })
  expect(await listed('邓璐')).toHaveLength(1)
  expect((await requests())[0]).toMatchObject({ state: 'accepted', decidedBy: 'cli' })
  expect(await run('accept_friend', { friendRequestId: 'frq_0000000000000000000000' })).toMatchObject({
    state: 'failed',
    errorCode: 'NOT_FOUND',
  })
})

it('a refused request stays refused, and one that the phone accepted counts as accepted', async () => {
  await logIn()
  const refused = await befriend('wxid_denglu000126', '请加我')
  expect(await run('refuse_friend', { friendRequestId: refused })).toMatchObject({ state: 'done' })
  expect((await requests())[0]).toMatchObject({ state: 'refused' })
  const { wxid } = await test.control('/accounts', { nickname: '新邻居', canLogIn: false })
  await befriend(wxid, '手机上通过')
  await test.control(`/accounts/${account}/friends`, { friend: wxid })
  await test.until(async () => (await requests())[0]?.state === 'accepted')
  expect((await requests())[0]).toMatchObject({ greeting: '手机上通过', decidedBy: null })
})

it('a new login replaces the ids of contacts, expires pending requests and forgets read members', async () => {
  await logIn()
  const before = (await listed()).map(({ username }) => username)
  await befriend('wxid_denglu000126', '还没处理')
  const { id: roomId } = await test.room(robotId, '云商城售后群 100086')
  expect(await run('list_members', { roomId })).toMatchObject({ state: 'done' })
  const read = await listRoomMembers(test.db, { roomId, limit: 100 })
  expect(read.rows.length).toBe(read.memberCount)
  await test.command(worker, robotId, 'logout')
  await logIn()
  expect((await listed()).filter(({ username }) => before.includes(username))).toEqual([])
  expect((await requests())[0]).toMatchObject({ greeting: '还没处理', state: 'expired' })
  expect(await listRoomMembers(test.db, { roomId, limit: 100 })).toMatchObject({ readAt: null, rows: [] })
})
