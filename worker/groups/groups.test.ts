import { eq, sql } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { applications } from '@/lib/db/schema/application'
import { callbackEvents } from '@/lib/db/schema/callback'
import { contacts, cooldowns } from '@/lib/db/schema/contact'
import { memberships } from '@/lib/db/schema/membership'
import { quns } from '@/lib/db/schema/qun'
import { robots } from '@/lib/db/schema/robot'
import { requestCommand } from '@/lib/command/request-command'
import { renameQun } from '@/lib/membership/change-qun'
import { listRobotsWithSteps } from '@/lib/membership/next-step'
import { getQunOrThrow } from '@/lib/qun/get-qun'
import { getJoinToken, issueJoinToken } from '@/lib/qun/join-token'
import { setCompanions } from '@/lib/membership/set-companions'
import { listCompanions } from '@/lib/robot/companions'
import type { RobotPool } from '@/worker/robots/robot-pool'
import { assistantAccount as account, ownerCode as code, useAssistant } from '@/worker/testing/use-assistant'

const assistant = useAssistant()
const { test, givenQun, ask, status, isOpen, tokenOf, states, isJoined, addPerson, greet, roomOf } = assistant
let worker: RobotPool
let robotId: string
beforeEach(() => {
  ;({ worker, robotId } = assistant)
})

it('B4: a contact with the owner’s name gets a room with companions, a name and a greeting', async () => {
  await test.logIn(worker, robotId, account)
  const qunId = await givenQun('林夏')
  const { commandId } = await test.db.transaction((tx) =>
    requestCommand(tx, {
      robotId,
      type: 'make_room',
      timeoutMs: 10_000,
      payload: { qunId },
    }),
  )
  await worker.wake(robotId)
  expect(await test.reply(commandId)).toMatchObject({ state: 'done' })
  expect(await status(qunId)).toBe('open')
  const [room, ...others] = await roomOf(qunId)
  expect(others).toEqual([])
  expect(room?.members.map(({ nickname }) => nickname).sort()).toEqual(['微米助手', '杨洋', '林夏', '陈静'].sort())
  await isJoined(qunId, '林夏')
  const simulated = await test.simulatedRoom(room?.name ?? '')
  await test.until(async () => (await simulated.texts()).includes('群已建好，欢迎大家。'))
})

it('B3: companions are identified after the login, and new ones as soon as they are set, without a group', async () => {
  await test.logIn(worker, robotId, account)
  const foundNames = async () =>
    (await listCompanions(test.db, { robotId })).filter(({ contactId }) => contactId !== null).map(({ name }) => name)
  await test.until(async () => (await foundNames()).length === 2)
  await test.db.transaction((tx) => setCompanions(tx, { robotId, names: ['陈静', '林夏', '没有此人'] }))
  await worker.wake(robotId)
  await test.until(async () => (await foundNames()).includes('林夏'))
  expect((await foundNames()).toSorted()).toEqual(['林夏', '陈静'].toSorted())
})

it('B4: WeChat’s room gets the name that an operator gives an open group', async () => {
  await test.logIn(worker, robotId, account)
  const qunId = await givenQun('林夏')
  await ask(qunId)
  await isOpen(qunId)
  await test.db.transaction((tx) => renameQun(tx, { qunId, name: '春日茶友会' }))
  await worker.wake(robotId)
  await test.until(async () => !(await getQunOrThrow(test.db, { qunId })).isRenameDue)
  expect(await roomOf(qunId)).toMatchObject([{ name: '春日茶友会' }])
  expect(await getQunOrThrow(test.db, { qunId })).toMatchObject({ roomName: '春日茶友会', failure: '' })
})

describe('a stranger', () => {
  it('B4, B7: becomes owner or member by a greeting or a first message, with an event for the application', async () => {
    const [robot] = await test.db.select().from(robots).where(eq(robots.id, robotId))
    await test.db
      .update(applications)
      .set({
        callbackUrl: 'http://127.0.0.1:9/',
        eventTypes: ['qun_created', 'qun_owner_arrived', 'qun_member_joined', 'friend_request'],
      })
      .where(eq(applications.id, robot?.applicationId ?? ''))
    await test.logIn(worker, robotId, account)
    const qunId = await givenQun('宋公明')
    await worker.wake(robotId)
    const owner = await addPerson('宋公明本人')
    await greet(owner, '我是MEU3RDZEOEZCNkMzfDg4ODg=')
    await isOpen(qunId)
    await isJoined(qunId, '宋公明本人')
    expect(await states(qunId)).toEqual([{ nickname: '宋公明本人', state: 'joined', role: 'owner' }])

    const token = await tokenOf(qunId)
    await greet(await addPerson('黑旋风'), `我是${token}，拉我`)
    await isJoined(qunId, '黑旋风')
    const talker = await addPerson('花和尚')
    await test.control(`/accounts/${account}/friends`, { friend: talker })
    await test.control(`/chats/${account}/messages`, { from: talker, type: 'text', text: `你好 ${token}` })
    await isJoined(qunId, '花和尚')
    const [room] = await roomOf(qunId)
    expect(room?.members).toHaveLength(6)
    expect(await getQunOrThrow(test.db, { qunId })).toMatchObject({ memberCount: 6 })

    const events = await test.db
      .select()
      .from(callbackEvents)
      .where(eq(callbackEvents.robotId, robotId))
      .orderBy(callbackEvents.sequence)
    expect(events.map(({ type }) => type)).toEqual([
      'friend_request',
      'qun_owner_arrived',
      'qun_created',
      'friend_request',
      'qun_member_joined',
      'qun_member_joined',
    ])
    expect(events[2]?.data).toMatchObject({
      code: 'MEU3RDZEOEZCNkMzfDg4ODg=',
      url: expect.stringContaining('/weiqun/'),
    })
  })

  it('B4: a stranger is not accepted with a wrong code or none, nor with the right code after five wrong ones', async () => {
    await test.logIn(worker, robotId, account)
    const qunId = await givenQun('宋公明')
    const owner = await addPerson('骗子')
    for (let number = 1; number <= 5; number++) await greet(owner, `我是0E7D6D8FB6C3|777${number}`)
    await test.until(
      async () => (await test.db.select().from(contacts).where(eq(contacts.wechatId, owner)))[0]?.wrongCodeCount === 5,
    )
    await greet(owner, code)
    const honest = await addPerson('路人')
    await greet(honest, '我是路人')
    await greet(await addPerson('真的'), code)
    await isOpen(qunId)
    expect(await states(qunId)).toMatchObject([{ nickname: '真的' }])
    const { friendRequests } = (await test.control('/state')) as { friendRequests: { from: string; state: string }[] }
    expect(friendRequests.filter(({ from }) => [owner, honest].includes(from)).map(({ state }) => state)).not.toContain(
      'accepted',
    )
  })
})

it('B1: Ret 1205 postpones the operation for this robot; after the cooldown it succeeds', async () => {
  await test.logIn(worker, robotId, account)
  await test.control('/faults', { path: 'webwxcreatechatroom', kind: 'ret', ret: 1205 })
  const qunId = await givenQun('林夏')
  expect(await ask(qunId)).toMatchObject({ state: 'failed', errorCode: 'WECHAT_TOO_OFTEN' })
  expect(await getQunOrThrow(test.db, { qunId })).toMatchObject({
    status: 'pending_room',
    failure: expect.stringContaining('1205'),
  })
  const [cooldown] = await test.db.select().from(cooldowns).where(eq(cooldowns.robotId, robotId))
  expect(cooldown).toMatchObject({ operation: 'make_room', strikeCount: 1 })
  expect(cooldown?.until.getTime()).toBeGreaterThan(Date.now() + 9 * 60_000)

  // A repeated request makes no call to WeChat during the cooldown.
  const again = await ask(qunId)
  expect(again).toMatchObject({ state: 'failed', errorCode: 'WECHAT_TOO_OFTEN' })
  const { calls } = (await test.control('/calls?path=webwxcreatechatroom')) as { calls: unknown[] }
  expect(calls).toHaveLength(1)

  await test.db.update(cooldowns).set({ until: sql`clock_timestamp()` })
  await test.until(async () => !(await isWoken()))
  await test.db.update(quns).set({ retryAt: sql`clock_timestamp()` })
  expect(await isWoken()).toBe(true)
  await worker.wake(robotId)
  await isOpen(qunId)
  expect(await test.db.select().from(cooldowns).where(eq(cooldowns.robotId, robotId))).toEqual([])
})

it('a room whose creation got no response is found by its name, not created twice', async () => {
  await test.logIn(worker, robotId, account)
  await test.control('/faults', { path: 'webwxcreatechatroom', kind: 'reset', when: 'after' })
  const qunId = await givenQun('林夏')
  await worker.wake(robotId)
  await test.until(async () => (await roomOf(qunId)).length > 0)
  // A request before the stream reports the room creates no second room.
  await ask(qunId)
  await test.until(async () => (await test.rooms(robotId)).some(({ name }) => name.startsWith('林夏的群')))
  await worker.wake(robotId)
  await isOpen(qunId)
  expect(await roomOf(qunId)).toHaveLength(1)
})

describe('B8: limits', () => {
  it('above the direct limit a card is sent; a contact who accepts it has joined', async () => {
    await worker.stop()
    worker = test.startWorker({ groups: { directLimit: 4 } })
    await test.logIn(worker, robotId, account)
    const qunId = await givenQun('林夏')
    await worker.wake(robotId)
    await isOpen(qunId)
    const { id: joinTokenId } = (await getJoinToken(test.db, { qunId })) ?? { id: '' }
    const payload = { qunId, joinTokenId, memberName: '高飞' }
    const { commandId } = await test.db.transaction((tx) =>
      requestCommand(tx, { robotId, type: 'add_member', timeoutMs: 10_000, payload }),
    )
    await worker.wake(robotId)
    expect(await test.reply(commandId)).toMatchObject({ state: 'done', result: { isInvited: true } })
    expect((await states(qunId)).at(-1)).toMatchObject({ nickname: '高飞', state: 'invited' })
    const [room] = await roomOf(qunId)
    await test.control(`/rooms/${encodeURIComponent(room?.id ?? '')}/join`, { wxid: 'wxid_gaofei000119' })
    await isJoined(qunId, '高飞')
  })

  it('a full qun is marked as full, and adds the next member when another leaves', async () => {
    await worker.stop()
    worker = test.startWorker({ groups: { memberLimit: 4 } })
    await test.logIn(worker, robotId, account)
    const qunId = await givenQun('林夏')
    await worker.wake(robotId)
    await test.until(async () => (await status(qunId)) === 'full')
    await greet(await addPerson('燕青'), await tokenOf(qunId))
    await test.until(async () =>
      (await states(qunId)).some(({ nickname, state }) => nickname === '燕青' && state === 'known'),
    )
    const [room] = await roomOf(qunId)
    await test.control(`/rooms/${encodeURIComponent(room?.id ?? '')}/leave`, { wxid: 'wxid_yangyang0106' })
    await isJoined(qunId, '燕青')
  })
})

it('B6: a member is added by name only if exactly one contact matches; a current member is accepted', async () => {
  await test.logIn(worker, robotId, account)
  const qunId = await givenQun('林夏')
  await worker.wake(robotId)
  await isOpen(qunId)
  const add = async (memberName: string) => {
    const payload = { qunId, memberName }
    const { commandId } = await test.db.transaction((tx) =>
      requestCommand(tx, { robotId, type: 'add_member', timeoutMs: 10_000, payload }),
    )
    await worker.wake(robotId)
    return test.reply(commandId)
  }
  expect(await add('没有这个人')).toMatchObject({ state: 'failed', errorCode: 'MEMBER_NOT_FOUND' })
  expect(await add('王芳')).toMatchObject({
    errorCode: 'MEMBER_NOT_FOUND',
    errorMessage: expect.stringContaining('同名'),
  })
  expect(await add('青岛李总')).toMatchObject({ state: 'done' })
  expect(await add('青岛李总')).toMatchObject({ state: 'done' })
  expect(await add('林夏')).toMatchObject({ state: 'done' })
  expect((await roomOf(qunId))[0]?.members).toHaveLength(5)
})

it('B7: a token with one use adds one member, also for concurrent requests', async () => {
  await test.logIn(worker, robotId, account)
  const qunId = await givenQun('林夏')
  await worker.wake(robotId)
  await isOpen(qunId)
  await test.db.transaction((tx) => issueJoinToken(tx, { qunId, maxUses: 1 }))
  const { id: joinTokenId } = (await getJoinToken(test.db, { qunId })) ?? { id: '' }
  const greeting = `我是${await tokenOf(qunId)}`
  const stranger = await addPerson('燕青')
  const add = async (memberName: string) => {
    const payload = { qunId, joinTokenId, memberName }
    const { commandId } = await test.db.transaction((tx) =>
      requestCommand(tx, { robotId, type: 'add_member', timeoutMs: 10_000, payload }),
    )
    void worker.wake(robotId)
    return test.reply(commandId)
  }
  const [, ...replies] = await Promise.all([greet(stranger, greeting), add('青岛李总'), add('高飞')])
  const refused = replies.filter(({ errorCode }) => errorCode === 'JOIN_TOKEN_SPENT')
  expect(refused.length).toBeGreaterThanOrEqual(1)
  const users = await test.db.select().from(memberships).where(eq(memberships.joinTokenId, joinTokenId))
  expect(users).toHaveLength(1)
})

const isWoken = async () => (await listRobotsWithSteps(test.db)).includes(robotId)
