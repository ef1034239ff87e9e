import { eq, sql } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { listRobotsBoundByName } from '@/lib/attention/list-robot-issues'
import { requestCommand } from '@/lib/command/request-command'
import { contacts, cooldowns } from '@/lib/db/schema/contact'
import { memberships } from '@/lib/db/schema/membership'
import { quns } from '@/lib/db/schema/qun'
import { robots } from '@/lib/db/schema/robot'
import { getQunOrThrow } from '@/lib/qun/get-qun'
import type { RobotPool } from '@/worker/robots/robot-pool'
import { assistantAccount as account, ownerCode as code, useAssistant } from '@/worker/testing/use-assistant'

const assistant = useAssistant()
const { test, givenQun, isOpen, isJoined, tokenOf, addPerson, greet, ask, status } = assistant
let worker: RobotPool
let robotId: string
beforeEach(() => {
  ;({ worker, robotId } = assistant)
})

type SimulatedRoom = { id: string; name: string; owner: string; members: { wxid: string; nickname: string }[] }
const simulatedRooms = async () => ((await test.control('/state')) as { rooms: SimulatedRoom[] }).rooms
const on = (room: SimulatedRoom, change: string, body: object) =>
  test.control(`/rooms/${encodeURIComponent(room.id)}/${change}`, body)

/** Creates a stranger who has the assistant as a contact, and an accomplice. */
async function givenStrangers() {
  const [stranger, accomplice] = [await addPerson('骗子'), await addPerson('同伙')]
  await test.control(`/accounts/${account}/friends`, { friend: stranger })
  return { stranger, accomplice }
}
/** Creates a stranger's room with the assistant as a member; waits until wxbot has stored it. */
async function givenStrangersRoom(name: string): Promise<SimulatedRoom & { stranger: string }> {
  const { stranger, accomplice } = await givenStrangers()
  const room = await test.control('/rooms', { name, owner: stranger, members: [account, accomplice], saved: true })
  await isKnownAs(name)
  return { ...room, stranger }
}
const isKnownAs = (name: string) =>
  test.until(async () => (await test.rooms(robotId)).some((room) => room.name === name && room.members !== null))

/** Waits until a qun is open; returns its room at WeChat. */
async function roomOfOpen(qunId: string): Promise<SimulatedRoom> {
  await isOpen(qunId)
  const { name, roomId } = await getQunOrThrow(test.db, { qunId })
  expect((await test.rooms(robotId)).find(({ id }) => id === roomId)).toMatchObject({ name, isOwn: true })
  const [room, ...others] = (await simulatedRooms()).filter(({ owner }) => owner === account)
  expect(others).toEqual([])
  if (room?.name !== name) throw new Error(`the assistant owns no room ${name}`)
  return room
}

describe('B4: a room that a stranger made never becomes the qun’s room', () => {
  it('a room with the public name is ignored, and members are added to the assistant’s own room', async () => {
    await test.logIn(worker, robotId, account)
    const qunId = await givenQun('宋公明')
    const { name } = await getQunOrThrow(test.db, { qunId })
    const trap = await givenStrangersRoom(name)
    await greet(await addPerson('宋公明本人'), code)
    await isJoined(qunId, '宋公明本人')
    const room = await roomOfOpen(qunId)
    expect(room.id).not.toBe(trap.id)
    await greet(await addPerson('黑旋风'), await tokenOf(qunId))
    await isJoined(qunId, '黑旋风')
    const [after] = (await simulatedRooms()).filter(({ id }) => id === trap.id)
    expect(after?.members.map(({ nickname }) => nickname)).toEqual(['骗子', '微米助手', '同伙'])
  })

  it('a room with the public name is ignored even if the stranger transferred it to the assistant', async () => {
    await test.logIn(worker, robotId, account)
    const qunId = await givenQun('宋公明')
    const { name } = await getQunOrThrow(test.db, { qunId })
    const trap = await givenStrangersRoom(name)
    await on(trap, 'transfer', { wxid: account, by: trap.stranger })
    await test.until(async () => (await test.rooms(robotId)).some((room) => room.name === name && room.isOwn === true))
    await greet(await addPerson('宋公明本人'), code)
    await isJoined(qunId, '宋公明本人')
    const { roomId } = await getQunOrThrow(test.db, { qunId })
    const taken = (await test.rooms(robotId)).find(({ id }) => id === roomId)
    expect(taken?.members).toHaveLength(3)
    const strangers = (await simulatedRooms()).filter(({ id }) => id === trap.id)
    expect(strangers[0]?.members).toHaveLength(3)
  })

  it('a room renamed to the public name later is ignored', async () => {
    await test.logIn(worker, robotId, account)
    const qunId = await givenQun('宋公明')
    const { name } = await getQunOrThrow(test.db, { qunId })
    const trap = await givenStrangersRoom('聊天')
    await on(trap, 'rename', { name, by: trap.stranger })
    await isKnownAs(name)
    await greet(await addPerson('宋公明本人'), code)
    expect((await roomOfOpen(qunId)).id).not.toBe(trap.id)
  })

  it('a room with the secret name that the assistant does not own is ignored, and the name is replaced', async () => {
    await test.logIn(worker, robotId, account)
    await test.control('/faults', { path: 'webwxcreatechatroom', kind: 'reset', when: 'before' })
    const qunId = await givenQun('林夏')
    await ask(qunId)
    const { nonceName } = await getQunOrThrow(test.db, { qunId })
    expect(nonceName).toMatch(/^新群 \w{22}$/)
    const trap = await givenStrangersRoom(nonceName ?? '')
    await worker.wake(robotId)
    await test.until(async () => (await getQunOrThrow(test.db, { qunId })).failure !== '')
    expect(await getQunOrThrow(test.db, { qunId })).not.toMatchObject({ nonceName })
    await test.db.update(quns).set({ retryAt: null }).where(eq(quns.id, qunId))
    await worker.wake(robotId)
    expect((await roomOfOpen(qunId)).id).not.toBe(trap.id)
  })
})

it('B4: the secret name is never shown while WeChat refuses the final one, and is replaced later', async () => {
  await test.logIn(worker, robotId, account)
  await test.control('/faults', { path: 'webwxupdatechatroom', kind: 'ret', ret: 1 })
  const qunId = await givenQun('林夏')
  await ask(qunId)
  const qun = await getQunOrThrow(test.db, { qunId })
  expect(qun).toMatchObject({ status: 'open', roomName: null, failure: expect.stringContaining('群名还没有改好') })
  await test.db.update(quns).set({ retryAt: null }).where(eq(quns.id, qunId))
  await worker.wake(robotId)
  await roomOfOpen(qunId)
  expect(await getQunOrThrow(test.db, { qunId })).toMatchObject({ roomName: qun.name, failure: '', nonceName: null })
})

it('B4: a name that a person gave the room in the meantime is kept', async () => {
  await test.logIn(worker, robotId, account)
  await test.control('/faults', { path: 'webwxupdatechatroom', kind: 'ret', ret: 1 })
  const qunId = await givenQun('林夏')
  await ask(qunId)
  const [room] = (await simulatedRooms()).filter(({ owner }) => owner === account)
  if (room) await on(room, 'rename', { name: '林夏之家', by: account })
  await isKnownAs('林夏之家')
  await test.db.update(quns).set({ retryAt: null }).where(eq(quns.id, qunId))
  await worker.wake(robotId)
  await isOpen(qunId)
  expect(await getQunOrThrow(test.db, { qunId })).toMatchObject({ roomName: '林夏之家' })
})

describe('a nickname that a stranger chose', () => {
  const add = async (qunId: string, memberName: string) => {
    const payload = { qunId, memberName }
    const { commandId } = await test.db.transaction((tx) =>
      requestCommand(tx, { robotId, type: 'add_member', timeoutMs: 10_000, payload }),
    )
    await worker.wake(robotId)
    return test.reply(commandId)
  }
  const people = async (qunId: string) =>
    test.db
      .select({
        nickname: contacts.nickname,
        role: memberships.role,
        state: memberships.state,
        by: memberships.identifiedBy,
      })
      .from(memberships)
      .innerJoin(contacts, eq(contacts.id, memberships.contactId))
      .where(eq(memberships.qunId, qunId))
      .orderBy(memberships.createdAt)

  it('B4: identifies no owner if nicknames are off; the code does, and the row records how', async () => {
    await test.db.update(robots).set({ acceptsNicknames: false }).where(eq(robots.id, robotId))
    await test.control(`/accounts/${account}/friends`, { friend: 'wxid_yangyang0106', remark: '杨洋' })
    await test.logIn(worker, robotId, account)
    const qunId = await givenQun('林夏')
    await ask(qunId)
    expect(await getQunOrThrow(test.db, { qunId })).toMatchObject({ status: 'pending_owner', isLookupDue: false })
    await greet(await addPerson('林夏'), code)
    await isOpen(qunId)
    expect(await people(qunId)).toMatchObject([{ nickname: '林夏', role: 'owner', by: 'code' }])
    expect(await add(qunId, '高飞')).toMatchObject({
      errorCode: 'MEMBER_NOT_FOUND',
      errorMessage: expect.stringContaining('只认备注'),
    })
    expect(await add(qunId, '青岛李总')).toMatchObject({ state: 'done' })
    expect((await people(qunId)).at(-1)).toMatchObject({ by: 'remark' })
  })

  it('B4: identifies an owner if nicknames are on, and the holder of the code replaces that person', async () => {
    await test.logIn(worker, robotId, account)
    await test.control('/faults', { path: 'webwxcreatechatroom', kind: 'ret', ret: 1 })
    const qunId = await givenQun('林夏')
    await ask(qunId)
    expect(await getQunOrThrow(test.db, { qunId })).toMatchObject({ ownerIdentifiedBy: 'nickname' })
    await greet(await addPerson('真林夏'), code)
    await isJoined(qunId, '真林夏')
    expect(await getQunOrThrow(test.db, { qunId })).toMatchObject({ ownerIdentifiedBy: 'code' })
    expect(await people(qunId)).toMatchObject([
      { nickname: '林夏', role: 'member', state: 'refused' },
      { nickname: '真林夏', role: 'owner', state: 'joined' },
    ])
    const [room] = (await simulatedRooms()).filter(({ owner }) => owner === account)
    expect(room?.members.map(({ nickname }) => nickname).sort()).toEqual(['微米助手', '杨洋', '真林夏', '陈静'].sort())
  })

  it('B6: a nickname that a stranger chose does not count as a remark after the robot copied it into one', async () => {
    await test.logIn(worker, robotId, account)
    const qunId = await givenQun('林夏')
    await ask(qunId)
    await isOpen(qunId)
    const stranger = await addPerson('高飞')
    await greet(stranger, await tokenOf(qunId))
    await isJoined(qunId, '高飞')
    await test.until(async () =>
      (await test.db.select().from(contacts).where(eq(contacts.wechatId, stranger))).some(
        ({ copiedName }) => copiedName === '高飞',
      ),
    )
    await test.control(`/accounts/${stranger}/rename`, { nickname: '路人' })
    // Until the stream has reported the new nickname, two contacts have the old one.
    await test.until(async () => (await add(qunId, '高飞')).state === 'done')
    const [room] = (await simulatedRooms()).filter(({ owner }) => owner === account)
    expect(room?.members.map(({ wxid }) => wxid)).toContain('wxid_gaofei000119')
  })

  it('B4: a nickname that a stranger chose does not help to guess: each code in one message counts as a wrong code', async () => {
    await test.logIn(worker, robotId, account)
    const qunId = await givenQun('宋公明')
    const guesser = await addPerson('骗子')
    await greet(
      guesser,
      [1, 2, 3, 4, 5]
        .map((last) => `0E7D6D8FB6C3|777${last}`)
        .join(' ')
        .concat(` ${code}`),
    )
    await test.until(async () =>
      (await test.db.select().from(contacts).where(eq(contacts.wechatId, guesser))).some(
        ({ wrongCodeCount }) => wrongCodeCount === 5,
      ),
    )
    expect(await getQunOrThrow(test.db, { qunId })).toMatchObject({ status: 'pending_owner' })
  })
})

it('A8: a stranger’s room whose name ends with the agent_id is bound and listed for the operator', async () => {
  await test.db.update(robots).set({ agentId: 'agent-100086' }).where(eq(robots.id, robotId))
  await test.logIn(worker, robotId, account)
  expect(await listRobotsBoundByName(test.db, { limit: 1 })).toMatchObject({ total: 0 })
  await givenStrangersRoom('闲聊 100086')
  expect(await listRobotsBoundByName(test.db, { limit: 1 })).toMatchObject({ rows: [{ id: robotId, count: 1 }] })
})

it('B4: a repeated request makes no room before the owner’s friend request is accepted', async () => {
  await test.logIn(worker, robotId, account)
  const until = sql`clock_timestamp() + interval '1 hour'`
  await test.db.insert(cooldowns).values({ robotId, operation: 'accept_friend', until })
  const qunId = await givenQun('宋公明')
  await greet(await addPerson('宋公明'), code)
  await test.until(async () => (await status(qunId)) === 'pending_room')
  expect(await ask(qunId)).toMatchObject({ state: 'done' })
  expect(await getQunOrThrow(test.db, { qunId })).toMatchObject({ status: 'pending_room', failure: '' })
  expect((await simulatedRooms()).filter(({ owner }) => owner === account)).toEqual([])
  await test.db.delete(cooldowns)
  await worker.wake(robotId)
  expect((await roomOfOpen(qunId)).members.map(({ nickname }) => nickname)).toContain('宋公明')
})
