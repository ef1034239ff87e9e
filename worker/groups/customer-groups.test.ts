import { eq, sql } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { listFailedQuns } from '@/lib/attention/list-failed-quns'
import { createQun } from '@/lib/qun/create-qun'
import { getQunOrThrow } from '@/lib/qun/get-qun'
import { getJoinWay } from '@/lib/qun/join-way'
import { lendConnector } from '@/lib/connector/lend-connector'
import { updateConnector } from '@/lib/connector/update-connector'
import { requestCommand } from '@/lib/command/request-command'
import { applications } from '@/lib/db/schema/application'
import { callbackEvents } from '@/lib/db/schema/callback'
import { contacts } from '@/lib/db/schema/contact'
import { memberships } from '@/lib/db/schema/membership'
import { robots } from '@/lib/db/schema/robot'
import { linkQun, setQunClosed, setQunPaused } from '@/lib/membership/change-qun'
import { getAssistantOrThrow } from '@/lib/robot/get-assistant'
import { givenApplication } from '@/lib/testing/factories'
import { changePool } from '@/lib/wecom/group-pool'
import { recordCallback } from '@/lib/wecom/record-callback'
import { startKfSessions } from '@/lib/wecom/start-sessions'
import type { RobotPool } from '@/worker/robots/robot-pool'
import { connectCompany } from '@/worker/testing/conformance-drivers'
import { testSealer, useRobots } from '@/worker/testing/use-robots'

const test = useRobots()
const stranger = 'wxid_liwei0000102'
const times = { pollMs: 200, retryMs: 100, outageMs: 300, groupSweepMs: 60_000 }
let worker: RobotPool
let connectorId: string
let robotId: string
let nonce = 0

beforeEach(async () => {
  await test.db.execute(
    sql`truncate quns, memberships, join_tokens, qun_visits, wecom_callbacks, dismissed_attention cascade`,
  )
  worker = test.startWorker({ wecomTimes: times, groups: { memberLimit: 4 } })
  connectorId = (await connectCompany(test)).connectorId
  const applicationId = await givenApplication(test.db)
  await test.db
    .update(applications)
    .set({
      callbackUrl: 'http://127.0.0.1:9/',
      eventTypes: ['qun_created', 'qun_member_joined', 'qun_full', 'qun_failed'],
    })
    .where(eq(applications.id, applicationId))
  await test.db.transaction(async (tx) => {
    await lendConnector(tx, { connectorId, applicationIds: [applicationId] })
    await updateConnector(tx, {
      sealer: testSealer,
      connectorId,
      name: `总公司 ${connectorId}`,
      settings: { groupPrefix: '商户' },
      isAssistant: true,
    })
  })
  robotId = (await getAssistantOrThrow(test.db, { username: `总公司 ${connectorId}` })).id
})

const makeGroup = async (name: string, owner = 'ZhangSan') =>
  (await test.control('/wecom/groups', { name, owner })) as { chatId: string }
const online = async () => {
  await test.db.transaction((tx) => startKfSessions(tx))
  await worker.wake(robotId)
  await test.until(
    async () => (await test.sql`select 1 from sessions where robot_id = ${robotId} and state = 'online'`).length > 0,
  )
}
const givenQun = async (groupCode = 'shop-1') => {
  const draft = { robotId, groupCode, ownerName: '宋公明', nameTemplate: '{owner}的群 {number}', sealer: testSealer }
  return (await test.db.transaction((tx) => createQun(tx, draft))).id
}
const command = async (type: 'make_room' | 'add_member', payload: object) => {
  const { commandId } = await test.db.transaction((tx) =>
    requestCommand(tx, { robotId, type, timeoutMs: 10_000, payload }),
  )
  await worker.wake(robotId)
  return test.reply(commandId)
}
/** Stores a callback as the route does. */
const sendChange = async (chatId: string) => {
  const callback = { connectorId, nonce: `n${nonce++}`, hint: { chatId } }
  await test.db.transaction((tx) => recordCallback(tx, callback))
  await worker.wake(robotId)
}
const view = (qunId: string) => getQunOrThrow(test.db, { qunId })
const events = async () =>
  (
    await test.db
      .select()
      .from(callbackEvents)
      .where(eq(callbackEvents.robotId, robotId))
      .orderBy(callbackEvents.sequence)
  ).map(({ type }) => type)
const members = (qunId: string) =>
  test.db
    .select({ nickname: contacts.nickname, state: memberships.state, identifiedBy: memberships.identifiedBy })
    .from(memberships)
    .innerJoin(contacts, eq(contacts.id, memberships.contactId))
    .where(eq(memberships.qunId, qunId))
    .orderBy(memberships.createdAt)
const opened = async () => {
  const { chatId } = await makeGroup('商户群 1')
  await online()
  const qunId = await givenQun()
  expect(await command('make_room', { qunId })).toMatchObject({ state: 'done' })
  const way = await getJoinWay(test.db, { qunId })
  return { chatId, qunId, configId: way?.configId ?? '' }
}
const scan = (configId: string, wxid: string) => test.control(`/wecom/groups/ways/${configId}/scan`, { wxid })

describe('E7: a qun on a customer group', () => {
  it('takes a free group of the pool, and stores its official QR code', async () => {
    await makeGroup('别的群')
    const { qunId, chatId } = await opened()
    expect(await view(qunId)).toMatchObject({ status: 'open', roomName: '商户群 1', roomUsername: chatId })
    const way = await getJoinWay(test.db, { qunId })
    expect(way).toMatchObject({ chatId, picture: { contentType: 'image/png' } })
    expect(way?.picture?.bytes.subarray(1, 4).toString()).toBe('PNG')
    expect(await events()).toEqual(['qun_created'])
  })

  it('a person who scanned the code is joined, the application is notified once, and a person who left is recorded', async () => {
    const { qunId, chatId, configId } = await opened()
    await scan(configId, stranger)
    await test.control(`/wecom/groups/${chatId}/invite`, { wxid: 'wxid_wangfang0101' })
    for (let repeat = 0; repeat < 3; repeat++) await sendChange(chatId)
    await test.until(async () => (await members(qunId)).filter(({ state }) => state === 'joined').length === 2)
    expect(new Set((await members(qunId)).map(({ identifiedBy }) => identifiedBy))).toEqual(new Set(['join_qr', null]))
    expect((await view(qunId)).memberCount).toBe(3)
    expect(await events()).toEqual(['qun_created', 'qun_member_joined'])
    await test.control(`/wecom/groups/${chatId}/leave`, { wxid: stranger })
    await sendChange(chatId)
    await test.until(async () => (await members(qunId)).some(({ state }) => state === 'left'))
  })

  it('finds a join without a callback by its sweep', async () => {
    times.groupSweepMs = 300
    await worker.stop()
    worker = test.startWorker({ wecomTimes: times })
    const { qunId, configId } = await opened()
    await scan(configId, stranger)
    await test.until(async () => (await members(qunId)).some(({ state }) => state === 'joined'))
    times.groupSweepMs = 60_000
  })

  it('accepts a membership call for a person who is in the group, and refuses any other', async () => {
    const { qunId, configId } = await opened()
    await scan(configId, stranger)
    const { nickname } = (
      (await test.control('/wecom/state')) as { people: { wxid: string; nickname: string }[] }
    ).people.find(({ wxid }) => wxid === stranger) ?? { nickname: '' }
    expect(await command('add_member', { qunId, memberName: nickname })).toMatchObject({ state: 'done' })
    expect(await command('add_member', { qunId, memberName: '路人甲' })).toMatchObject({
      errorCode: 'QUN_NOT_OPEN',
      errorReason: 'group_join_self',
    })
  })

  it('waits while the pool is empty, asks the operator for a group, and opens once there is one', async () => {
    await online()
    const qunId = await givenQun()
    expect(await command('make_room', { qunId })).toMatchObject({ errorReason: 'group_pool_empty' })
    expect(await view(qunId)).toMatchObject({ status: 'pending_room', failureReason: 'group_pool_empty' })
    expect((await listFailedQuns(test.db, { limit: 5 })).rows).toMatchObject([{ id: qunId }])
    const { chatId } = await makeGroup('不同的名字')
    await test.db.transaction((tx) => changePool(tx, { connectorId, chatId, isIn: true }))
    await sendChange(chatId)
    await test.until(async () => (await view(qunId)).status === 'open')
    expect((await listFailedQuns(test.db, { limit: 5 })).rows).toEqual([])
    expect(await events()).toEqual(['qun_failed', 'qun_created'])
  })

  it('an operator sees that the group is full until people have left', async () => {
    const { qunId, chatId, configId } = await opened()
    for (const wxid of [stranger, 'wxid_wangfang0101', 'wxid_weimi000001']) await scan(configId, wxid)
    await sendChange(chatId)
    await test.until(async () => (await view(qunId)).status === 'full')
    expect((await listFailedQuns(test.db, { limit: 5 })).rows).toMatchObject([{ failureReason: 'group_full' }])
    await test.control(`/wecom/groups/${chatId}/leave`, { wxid: stranger })
    await sendChange(chatId)
    await test.until(async () => (await view(qunId)).status === 'open')
    expect((await listFailedQuns(test.db, { limit: 5 })).rows).toEqual([])
  })

  it('gives a group that an operator links its official QR code', async () => {
    await makeGroup('手工选的群')
    await online()
    const qunId = await givenQun()
    await test.until(async () => (await test.sql`select 1 from rooms where robot_id = ${robotId}`).length > 0)
    const [room] = await test.sql`select id from rooms where robot_id = ${robotId}`
    await test.db.transaction((tx) => linkQun(tx, { qunId, roomId: room?.['id'] }))
    await worker.wake(robotId)
    await test.until(async () => Boolean((await getJoinWay(test.db, { qunId }))?.picture))
    expect((await view(qunId)).status).toBe('open')
  })

  describe.each([
    [
      'closed',
      (qunId: string, isIt: boolean) => test.db.transaction((tx) => setQunClosed(tx, { qunId, isClosed: isIt })),
    ],
    [
      'paused',
      (qunId: string, isIt: boolean) => test.db.transaction((tx) => setQunPaused(tx, { qunId, isPaused: isIt })),
    ],
  ] as const)('a %s group', (_name, change) => {
    const configIds = async () =>
      ((await test.control('/wecom/groups')) as { joinWays: { configId: string }[] }).joinWays.map(
        (way) => way.configId,
      )

    it('loses its official QR code, and gets a new one afterwards', async () => {
      const { qunId, chatId, configId } = await opened()
      await change(qunId, true)
      await worker.wake(robotId)
      await test.until(async () => (await getJoinWay(test.db, { qunId })) === null)
      expect(await configIds()).not.toContain(configId)
      await change(qunId, false)
      await worker.wake(robotId)
      await test.until(async () => Boolean((await getJoinWay(test.db, { qunId }))?.picture))
      const way = await getJoinWay(test.db, { qunId })
      expect(way).toMatchObject({ chatId })
      expect(way?.configId).not.toBe(configId)
      expect(await configIds()).toContain(way?.configId)
      expect(await events()).toEqual(['qun_created'])
    })

    it('says why WeCom keeps its QR code, until it admits people again', async () => {
      const { qunId, configId } = await opened()
      await test.control('/faults', { path: 'groupchat/del_join_way', kind: 'ret', ret: 48002 })
      await change(qunId, true)
      await worker.wake(robotId)
      await test.until(async () => (await view(qunId)).failureReason === 'join_way_kept')
      expect((await listFailedQuns(test.db, { limit: 5 })).rows).toMatchObject([{ id: qunId }])
      expect(await configIds()).toContain(configId)
      await change(qunId, false)
      expect(await view(qunId)).toMatchObject({ status: 'open', failureReason: null })
      await change(qunId, true)
      await worker.wake(robotId)
      await test.until(async () => (await getJoinWay(test.db, { qunId })) === null)
      expect(await configIds()).not.toContain(configId)
    })

    it('that WeCom no longer knows the code of counts as without one', async () => {
      const { qunId, configId } = await opened()
      await test.control('/faults', { path: 'groupchat/del_join_way', kind: 'ret', ret: 40058 })
      await change(qunId, true)
      await worker.wake(robotId)
      await test.until(async () => (await getJoinWay(test.db, { qunId })) === null)
      expect(await configIds()).toContain(configId)
      expect(await view(qunId)).toMatchObject({ failureReason: null })
    })
  })

  it('says that WeCom wants the owners of the groups, and reads only theirs once they are named', async () => {
    await makeGroup('商户群 1')
    await makeGroup('商户群 2', 'LiSi')
    await test.control('/wecom/settings', { visibleCount: 1001 })
    await test.db.transaction((tx) => startKfSessions(tx))
    await worker.wake(robotId)
    const cause = async () =>
      (await test.sql`select cause from session_changes where robot_id = ${robotId} order by id desc limit 1`)[0]?.[
        'cause'
      ]
    await test.until(async () => (await cause()) === 'wecom_owner_filter')
    await test.db.transaction((tx) =>
      updateConnector(tx, { sealer: testSealer, connectorId, settings: { groupOwners: 'LiSi, WangWu' } }),
    )
    const names = async () => {
      const rows = await test.sql`select name from rooms where robot_id = ${robotId} and gone_at is null order by name`
      return rows.map(({ name }) => name as string)
    }
    await test.until(async () => (await names()).length > 0)
    expect(await names()).toEqual(['商户群 2'])
    await sendChange((await makeGroup('商户群 3')).chatId)
    await sendChange((await makeGroup('商户群 4', 'WangWu')).chatId)
    await test.until(async () => (await names()).length > 1)
    expect(await names()).toEqual(['商户群 2', '商户群 4'])
  })

  it('two quns never get the same group', async () => {
    await makeGroup('商户群 1')
    await makeGroup('商户群 2')
    await online()
    const [first, second] = [await givenQun('a'), await givenQun('b')]
    await command('make_room', { qunId: first })
    await command('make_room', { qunId: second })
    expect(new Set([(await view(first)).roomId, (await view(second)).roomId]).size).toBe(2)
  })

  it('the robot exists only for a connector that an application may use, and no API creates it', async () => {
    const other = (await connectCompany(test)).connectorId
    const mark = () =>
      test.db.transaction((tx) => updateConnector(tx, { sealer: testSealer, connectorId: other, isAssistant: true }))
    await test.db.transaction((tx) => lendConnector(tx, { connectorId: other, applicationIds: [] }))
    await expect(mark()).rejects.toMatchObject({ options: { reason: 'connector_lent_to_none' } })
    expect(await test.db.select().from(robots).where(eq(robots.connectorId, other))).toEqual([])
  })
})
