import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { putContacts } from '@/lib/address-book/store-address-book'
import { createApplication } from '@/lib/application/create-application'
import { listAudit } from '@/lib/audit/list-audit'
import { receiveMessage } from '@/lib/testing/receive-message'
import { setCompanions } from '@/lib/membership/set-companions'
import { updateRobot } from '@/lib/robot/update-robot'
import { makeQun } from '@/lib/actions/make-qun'
import { callRoute, type Route } from '@/lib/testing/call-route'
import { givenRobot, givenSession } from '@/lib/testing/factories'
import { openTestWeb, type TestWeb } from '@/lib/testing/open-test-web'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'
import * as logout from '@/app/(api)/robots/[robotId]/logout/route'
import * as message from '@/app/(api)/robots/[robotId]/message/route'
import * as robot from '@/app/(api)/robots/[robotId]/route'
import * as active from '@/app/(api)/robots/[robotId]/rooms/active/route'
import * as rooms from '@/app/(api)/robots/[robotId]/rooms/route'
import * as sync from '@/app/(api)/robots/[robotId]/rooms/sync/route'
import * as robots from '@/app/(api)/robots/route'
import * as contacts from '@/app/(api)/v1/robots/[robotId]/contacts/route'
import * as loginCode from '@/app/(api)/v1/robots/[robotId]/login/code/route'

const ownerId = 'o9cq80xyz@im.wechat'
let database: TestDatabase
let web: TestWeb
let worker: { close(): Promise<void> }
let applicationId: string
let token: string
let robotId: string
const post = (route: Route, body: object = {}) =>
  callRoute(route, 'POST', { body: { token, ...body }, params: { robotId } })
const get = (route: Route) => callRoute(route, 'GET', { query: { token }, params: { robotId } })
const say = (senderUsername = ownerId, senderName = '') =>
  database.db.transaction((tx) =>
    receiveMessage(
      tx,
      {
        robotId,
        wechatId: senderUsername,
        roomId: null,
        senderUsername,
        senderName,
        type: 'text',
        text: '在吗',
        media: null,
      },
      { mediaUrl: () => '' },
    ),
  )

beforeAll(async () => {
  database = await createTestDatabase()
  web = await openTestWeb(database)
  worker = web.startFakeWorker({ command: () => ({ result: {} }), message: () => ({ state: 'sent', wechatId: '1' }) })
  const { sealer } = web.context
  const created = await database.db.transaction((tx) => createApplication(tx, { sealer, name: 'a', callbackUrl: null }))
  ;({ token, applicationId } = created)
})
afterAll(async () => {
  await worker?.close()
  await web?.close()
  await database?.drop()
})
beforeEach(async () => {
  robotId = await givenRobot(database.db, { applicationId, connection: 'ilink', wechatUin: ownerId })
})

describe('the documented calls of an iLink robot', () => {
  it('create it, and show its connection and what that can do', async () => {
    const created = await post(robots, { username: 'clawbot', connection: 'ilink' })
    robotId = (created.data as { robot: { id: string } }).robot.id
    expect((await get(robot)).data).toMatchObject({
      robot: {
        connection: 'ilink',
        capabilities: { rooms: false, direct: true, verify_code: true, reply_window: { hours: 24, count: 10 } },
      },
    })
    expect(await post(robots, { username: 'clawbot', connection: 'web' })).toMatchObject({ retCode: -1006 })
    expect(await post(robots, { username: 'clawbot' })).toMatchObject({ retCode: 0 })
  })

  it('list no rooms, and sync none', async () => {
    await givenSession(database.db, { robotId })
    for (const response of [await get(rooms), await get(active), await post(sync)])
      expect(response).toMatchObject({ retCode: 0, data: { rooms: [] } })
  })

  it('send to its person within the reply window only, and to no other', async () => {
    await givenSession(database.db, { robotId })
    const text = { msg_type: 'text', content: '好的' }
    expect(await post(message, { to_user: 'owner', ...text })).toMatchObject({
      retCode: -1006,
      errorMsg: '对方还没有发来消息，不能主动发送',
    })
    await say()
    expect(await post(message, { to_user: 'owner', ...text })).toMatchObject({ retCode: 0 })
    expect(await post(message, { to_user: ownerId, ...text })).toMatchObject({ retCode: 0 })
    expect(await post(message, { to_user: 'filehelper', ...text })).toMatchObject({ retCode: -1001 })
  })

  it('log it out', async () => {
    await givenSession(database.db, { robotId })
    expect(await post(logout)).toMatchObject({ retCode: 0 })
  })
})

describe('the number of a login', () => {
  it('the number of a login is taken while the login waits for it, and audited without the number', async () => {
    await givenSession(database.db, { robotId, state: 'waiting_code' })
    expect(await post(loginCode, { code: '42' })).toMatchObject({
      retCode: 0,
      data: { robot: { status: 'waiting_code' } },
    })
    const { rows } = await listAudit(database.db, { offset: 0, limit: 1 })
    expect(rows).toMatchObject([{ action: 'robot.login_code', targetId: robotId, detail: {} }])
  })

  it.each([
    ['ilink', 'waiting_scan', '现在不需要输入数字'],
    ['web', 'waiting_scan', '该连接方式不支持验证数字'],
  ] as const)('the number of a login is refused by a robot of %s that is %s', async (connection, state, errorMsg) => {
    robotId = await givenRobot(database.db, { applicationId, connection })
    await givenSession(database.db, { robotId, state })
    expect(await post(loginCode, { code: '42' })).toMatchObject({ retCode: -1006, errorMsg })
  })

  it('the number of a login has digits only', async () => {
    expect(await post(loginCode, { code: '4x' })).toMatchObject({ retCode: -1005 })
  })
})

describe('the contacts of a robot', () => {
  it('the contacts of a robot are the person who scanned, for iLink', async () => {
    expect((await get(contacts)).data).toEqual({
      contacts: [{ id: ownerId, nickname: '', remark: '', is_owner: true }],
      next_cursor: null,
    })
  })

  it('the contacts of a robot are its customers, for WeCom, page by page', async () => {
    robotId = await givenRobot(database.db, { applicationId, connection: 'wecom_kf' })
    await say('wm1', '王芳')
    await say('wm2', '李伟')
    const customer = (id: string, nickname: string) => ({ id, nickname, remark: '', is_owner: false })
    const read = async (query: Record<string, string>) =>
      (await callRoute(contacts, 'GET', { query: { token, ...query }, params: { robotId } })).data
    const first = await read({ limit: '1' })
    expect(first).toEqual({ contacts: [customer('wm2', '李伟')], next_cursor: expect.any(String) })
    const second = await read({ limit: '1', cursor: String(first?.['next_cursor']) })
    expect(second).toEqual({ contacts: [customer('wm1', '王芳')], next_cursor: null })
    expect(await read({ search: '王' })).toEqual({ contacts: [customer('wm1', '王芳')], next_cursor: null })
  })

  it('the contacts of a robot are its address book, for the web', async () => {
    robotId = await givenRobot(database.db, { applicationId })
    await givenSession(database.db, { robotId, onlineAt: new Date(0) })
    await say()
    expect((await get(contacts)).data).toEqual({ contacts: [], next_cursor: null })
    const people = [{ username: ownerId, nickname: '小林', remark: '' }]
    await database.db.transaction((tx) => putContacts(tx, { robotId, people }))
    const friend = { id: ownerId, nickname: '小林', remark: '', is_owner: false }
    expect((await get(contacts)).data).toEqual({ contacts: [friend], next_cursor: null })
  })
})

describe('a robot without rooms', () => {
  it('a robot without rooms cannot become an assistant', async () => {
    await expect(updateRobot(database.db, { robotId, isAssistant: true })).rejects.toMatchObject({
      code: 'ILLEGAL_ACTION',
      message: '该连接方式不支持建群',
    })
  })

  it('a robot without rooms that was made an assistant otherwise makes no groups', async () => {
    const username = 'ilink_assistant'
    const assistantId = await givenRobot(database.db, {
      applicationId,
      connection: 'ilink',
      username,
      isAssistant: true,
    })
    await database.db.transaction((tx) => setCompanions(tx, { robotId: assistantId, names: ['陈静'] }))
    const order = { code: 'MEU3RDZEOEZCNkMzfDg4ODg=', owner: '宋公明', assistant: username }
    await expect(makeQun(web.context, order)).rejects.toMatchObject({
      code: 'ASSISTANT_NOT_READY',
      message: '该连接方式不支持建群',
    })
  })
})
