import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createApplication } from '@/lib/application/create-application'
import { media, messages } from '@/lib/db/schema/message'
import { setBindings } from '@/lib/room/set-bindings'
import { callRoute, type Route } from '@/lib/testing/call-route'
import { givenRobot, givenRoom, givenSession } from '@/lib/testing/factories'
import { openTestWeb, type FakeWorker, type TestWeb } from '@/lib/testing/open-test-web'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'
import { GET as readMedia, POST as postMedia } from '@/app/(api)/v1/media/[id]/route'
import * as messageOfV1 from '@/app/(api)/v1/robots/[robotId]/messages/[messageId]/route'
import * as messagesOfV1 from '@/app/(api)/v1/robots/[robotId]/messages/route'
import * as login from '@/app/(api)/robots/[robotId]/login/route'
import * as logout from '@/app/(api)/robots/[robotId]/logout/route'
import * as message from '@/app/(api)/robots/[robotId]/message/route'
import * as robot from '@/app/(api)/robots/[robotId]/route'
import * as active from '@/app/(api)/robots/[robotId]/rooms/active/route'
import * as rooms from '@/app/(api)/robots/[robotId]/rooms/route'
import * as sync from '@/app/(api)/robots/[robotId]/rooms/sync/route'
import * as robots from '@/app/(api)/robots/route'

let database: TestDatabase
let web: TestWeb
let applicationId: string
let token: string
let robotId: string
const owners: Array<{ close(): Promise<void> }> = []
const startFakeWorker = (owner: FakeWorker) => owners.push(web.startFakeWorker(owner))
const post = (route: Route, body: object = {}, headers: Record<string, string> = {}) =>
  callRoute(route, 'POST', { body: { token, ...body }, headers, params: { robotId } })
const get = (route: Route, params: object = {}) =>
  callRoute(route, 'GET', { query: { token }, params: { robotId, ...params } })

beforeAll(async () => {
  database = await createTestDatabase()
  web = await openTestWeb(database)
  const { sealer } = web.context
  const created = await database.db.transaction((tx) => createApplication(tx, { sealer, name: 'a', callbackUrl: null }))
  applicationId = created.applicationId
  token = created.token
})
afterAll(async () => {
  await web.close()
  await database.drop()
})
beforeEach(async () => {
  robotId = await givenRobot(database.db, { applicationId })
})
afterEach(async () => {
  await Promise.all(owners.splice(0).map((owner) => owner.close()))
})

describe('创建、查询、删除', () => {
  it('A6: creates a robot once, with a trimmed username, and returns exactly the documented fields', async () => {
    const first = await post(robots, { username: ' weimi1001 ', unknown: [1] })
    const created = first.data!['robot'] as { id: string }
    expect(first).toMatchObject({ status: 200, retCode: 0, errorMsg: '' })
    expect(created).toEqual({
      id: expect.stringMatching(/^rbt_\w{22}$/),
      status: 'offline',
      username: 'weimi1001',
      nickname: '',
    })
    expect((await post(robots, { username: 'weimi1001' })).data).toEqual(first.data)
    expect((await get(robot, { robotId: created.id })).data).toMatchObject(first.data!)
  })

  it.each([
    [{}, '参数 username 缺失'],
    [{ username: '' }, '参数 username 不能为空'],
    [{ username: '  ' }, '参数 username 不能为空'],
    [{ username: 7 }, '参数 username 类型不对，应为字符串'],
    [{ username: null }, '参数 username 类型不对，应为字符串'],
    [{ username: '字'.repeat(65) }, '参数 username 不能超过 64 个字符'],
    [{ username: 'a\u0000b' }, '参数 username 含有不允许的字符'],
    [{ username: 'a\ud800' }, '参数 username 含有不允许的字符'],
  ])('A6: refuses %j and names the parameter', async (body, errorMsg) => {
    expect(await post(robots, body)).toMatchObject({ retCode: -1005, errorMsg })
  })

  it('A6: counts characters as code points', async () => {
    expect(await post(robots, { username: '😀'.repeat(64) })).toMatchObject({ retCode: 0 })
  })

  it('A6: a deleted robot is returned as offline, then does not exist, and its username creates a new one', async () => {
    const first = await post(robots, { username: 'weimi2002' })
    const { id } = first.data!['robot'] as { id: string }
    const deleted = await callRoute(robot, 'DELETE', { query: { token }, params: { robotId: id } })
    expect(deleted.data).toEqual(first.data)
    expect(await get(robot, { robotId: id })).toMatchObject({ retCode: -1005, errorMsg: '机器人不存在' })
    const again = await post(robots, { username: 'weimi2002' })
    expect(again.data?.['robot']).not.toMatchObject({ id })
  })
})

describe('微信登录、退出登录', () => {
  it('A7: returns the robot and the link; "" counts as absent', async () => {
    startFakeWorker({ command: () => ({ result: {} }) })
    const response = await post(login, { callback_url: '', agent_id: '' })
    expect(response).toMatchObject({ retCode: 0, data: { robot: { id: robotId, status: 'waiting_scan' } } })
    expect(response.data?.['qrcode_url']).toMatch(/^http:\/\/wxbot\.test\/qr\/\w{22}$/)
  })

  it('A5: refuses an online robot with -1006, and a malformed or private callback_url with -1005', async () => {
    const malformed = { callback_url: 'shop.example/done' }
    expect(await post(login, malformed)).toMatchObject({ retCode: -1005, errorMsg: '参数 callback_url 不是有效的链接' })
    expect(await post(login, { callback_url: 'http://10.1.1.1/' })).toMatchObject({ retCode: -1005 })
    await givenSession(database.db, { robotId })
    expect(await post(login)).toMatchObject({ retCode: -1006 })
  })

  it('A5: logs out, and returns 1102 without a session', async () => {
    expect(await post(logout)).toMatchObject({ retCode: 1102 })
    await givenSession(database.db, { robotId })
    startFakeWorker({ command: () => ({ result: {} }) })
    const response = await post(logout)
    expect(response).toMatchObject({ retCode: 0, errorMsg: '' })
    expect(response.data).toBeUndefined()
  })
})

describe('微信群', () => {
  it('A10, A8: lists stored rooms, synchronizes through the worker, and lists bound rooms with their current @@…', async () => {
    await givenSession(database.db, { robotId })
    const roomId = await givenRoom(database.db, { robotId, name: '售后群 123456', username: '@@now' })
    await givenRoom(database.db, { robotId, name: '别的群', username: '@@other' })
    const listed = await get(rooms)
    expect(listed.data?.['rooms']).toContainEqual({ id: roomId, nickname: '售后群 123456' })
    expect(listed.data?.['rooms']).toHaveLength(2)
    startFakeWorker({ command: () => ({ result: { roomCount: 2 } }) })
    expect(await post(sync)).toMatchObject({ retCode: 0, data: listed.data })
    await database.db.transaction((tx) => setBindings(tx, { robotId, roomIds: [roomId], isBound: true }))
    expect((await get(active)).data).toEqual({ rooms: [{ username: '@@now', nickname: '售后群 123456', id: roomId }] })
  })

  it('A5: a sync without a session is 1102, an unreadable response of WeChat -1004', async () => {
    expect(await post(sync)).toMatchObject({ retCode: 1102 })
    await givenSession(database.db, { robotId })
    startFakeWorker({ command: () => ({ code: 'WECHAT_UNREADABLE', message: '微信的响应无法识别' }) })
    expect(await post(sync)).toMatchObject({ retCode: -1004 })
  })
})

describe('发送消息', () => {
  const text = { to_user: 'filehelper', msg_type: 'text', content: '你好\n：😀' }

  it('A11: responds after WeChat accepted the message', async () => {
    await givenSession(database.db, { robotId })
    startFakeWorker({ message: () => ({ state: 'sent', wechatId: '1' }) })
    const response = await post(message, text)
    expect(response).toMatchObject({ retCode: 0, errorMsg: '' })
    const messageId = String(response.data?.['message_id'])
    const stored = await get(messageOfV1, { messageId })
    expect(stored.data?.['message']).toMatchObject({ id: messageId, state: 'sent', content: text.content })
  })

  it.each([
    ['WECHAT_NO_BASE_RESPONSE', -1000],
    ['IMAGE_UNUSABLE', -1002],
    ['WECHAT_UNREACHABLE', -1003],
    ['WECHAT_UNREADABLE', -1004],
    ['WECHAT_TOO_OFTEN', 1205],
    ['WECHAT_REFUSED', -1],
    ['SESSION_GONE', 1102],
  ] as const)('A5: a send that ends as %s has retCode %i', async (code, retCode) => {
    await givenSession(database.db, { robotId })
    startFakeWorker({ message: () => ({ state: 'refused', code, message: '微信说不' }) })
    expect(await post(message, text)).toMatchObject({ status: 200, retCode, errorMsg: '微信说不' })
  })

  it('A5: checks parameters, then the session, then the target', async () => {
    expect(await post(message, { ...text, to_user: '@@nobody' })).toMatchObject({ retCode: 1102 })
    await givenSession(database.db, { robotId })
    expect(await post(message, { ...text, to_user: '@@nobody' })).toMatchObject({ retCode: -1001 })
    expect(await post(message, { ...text, msg_type: 'video' })).toMatchObject({
      retCode: -1005,
      errorMsg: '参数 msg_type 只能是 text、image 之一',
    })
  })

  it.each([
    [{ content: '字'.repeat(2001) }, 'content'],
    [{ content: ' \n ' }, 'content'],
    [{ content: { a: 1 } }, 'content'],
    [{ to_user: '' }, 'to_user'],
    [{ msg_type: undefined }, 'msg_type'],
  ])('refuses %j and names the parameter', async (change, parameter) => {
    const response = await post(message, { ...text, ...change })
    expect(response.retCode).toBe(-1005)
    expect(response.errorMsg).toContain(parameter)
  })

  it('A11: an Idempotency-Key creates one message and refuses other content', async () => {
    await givenSession(database.db, { robotId })
    startFakeWorker({ message: () => ({ state: 'sent', wechatId: '2' }) })
    const key = { 'idempotency-key': 'order-1' }
    const first = await post(message, text, key)
    expect((await post(message, text, key)).data).toEqual(first.data)
    expect(await post(message, { ...text, content: '再见' }, key)).toMatchObject({ retCode: -1005 })
    expect(await post(message, text, { 'idempotency-key': 'x'.repeat(256) })).toMatchObject({ retCode: -1005 })
  })

  it('A11: /v1 responds at once with 202 and refuses a deadline over a day', async () => {
    await givenSession(database.db, { robotId })
    const accepted = await post(messagesOfV1, { ...text, deadline_seconds: 60 })
    expect(accepted).toMatchObject({ status: 202, retCode: 0, data: { message: { state: 'queued' } } })
    expect(await post(messagesOfV1, { ...text, deadline_seconds: 86_401 })).toMatchObject({ status: 400 })
    expect(await get(messageOfV1, { messageId: 'msg_\0' })).toMatchObject({ status: 404 })
  })
})

describe('/v1/media', () => {
  const read = (id: string) => readMedia(new Request('http://wxbot.test/'), { params: Promise.resolve({ id }) })
  const given = async (id: string, contentType: string) => {
    const content = { direction: 'in', type: 'image', state: 'received', content: '[图片]' } as const
    await database.db.insert(messages).values({ id: `msg_${id}`, robotId, ...content })
    const bytes = Buffer.from([1, 2, 3])
    await database.db.insert(media).values({ id, robotId, messageId: `msg_${id}`, contentType, sizeBytes: 3, bytes })
    return read(id)
  }

  it('serves a raster image inline, sandboxed and with nosniff', async () => {
    const shown = await given('med_png', 'image/png')
    expect(shown.headers.get('content-disposition')).toBe('inline')
    expect(shown.headers.get('x-content-type-options')).toBe('nosniff')
    expect(shown.headers.get('content-security-policy')).toContain('sandbox')
    expect(Buffer.from(await shown.arrayBuffer())).toEqual(Buffer.from([1, 2, 3]))
  })

  it.each(['image/svg+xml', 'text/html', 'application/pdf'])('serves %s as an attachment', async (type) => {
    const response = await given(`med_${type.replace(/\W/g, '')}`, type)
    expect(response.headers.get('content-disposition')).toBe('attachment')
    expect(response.headers.get('content-type')).toBe('application/octet-stream')
  })

  it('A2: refuses other methods with 405 and Allow', async () => {
    const refused = await callRoute({ POST: postMedia }, 'POST')
    expect(refused).toMatchObject({ status: 405, retCode: -1006 })
    expect(refused.headers.get('allow')).toBe('GET, HEAD')
  })

  it('returns 404 for an unknown id', async () => {
    expect((await read('med_unknown')).status).toBe(404)
    expect((await read('\0')).status).toBe(404)
  })
})
