import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createApplication } from '@/lib/application/create-application'
import { peerHeader, signPeerAddress } from '@/lib/http/peer-address'
import { getJoinToken } from '@/lib/qun/join-token'
import { encodeJoinToken } from '@/lib/qun/join-token-text'
import { setCompanions } from '@/lib/membership/set-companions'
import { setBindings } from '@/lib/room/set-bindings'
import { givenRobot, givenRoom, givenSession } from '@/lib/testing/factories'
import { openTestWeb, type TestWeb } from '@/lib/testing/open-test-web'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'
import * as login from '@/app/(api)/robots/[robotId]/login/route'
import * as logout from '@/app/(api)/robots/[robotId]/logout/route'
import * as message from '@/app/(api)/robots/[robotId]/message/route'
import * as robot from '@/app/(api)/robots/[robotId]/route'
import * as active from '@/app/(api)/robots/[robotId]/rooms/active/route'
import * as rooms from '@/app/(api)/robots/[robotId]/rooms/route'
import * as sync from '@/app/(api)/robots/[robotId]/rooms/sync/route'
import * as robots from '@/app/(api)/robots/route'
import * as membership from '@/app/(api)/wxbot/qun/membership/route'
import * as qun from '@/app/(api)/wxbot/qun/route'

let database: TestDatabase
let web: TestWeb
let owner: { close(): Promise<void> }
let token: string
let applicationId: string
let robotId: string
let roomId: string
beforeAll(async () => {
  database = await createTestDatabase()
  web = await openTestWeb(database, { QUN_ALLOW: '127.0.0.0/8' })
  owner = web.startFakeWorker({ command: () => ({ result: {} }), message: () => ({ state: 'sent', wechatId: '1' }) })
  const { sealer } = web.context
  const created = await database.db.transaction((tx) => createApplication(tx, { sealer, name: 'a', callbackUrl: null }))
  ;({ token, applicationId } = created)
})
afterAll(async () => {
  await owner?.close()
  await web?.close()
  await database?.drop()
})
beforeEach(async () => {
  robotId = await givenRobot(database.db, { applicationId, nickname: '微米助手' })
  await givenSession(database.db, { robotId })
  roomId = await givenRoom(database.db, { robotId, name: '微米客户群', username: '@@7d1f' })
})

type Handlers = Record<string, (request: Request, context: { params: Promise<never> }) => Promise<Response>>

/** Returns the bytes of a response, with variable parts replaced by their names. */
async function bytesOf(route: object, method: string, body: Record<string, unknown> = {}): Promise<string> {
  const query = method === 'POST' ? '' : `?token=${token}`
  const init = method === 'POST' ? { body: JSON.stringify({ token, ...body }) } : {}
  const headers = { [peerHeader]: signPeerAddress('127.0.0.1'), host: 'wxbot.test' }
  const request = new Request(`http://wxbot.test/path${query}`, { method, headers, ...init })
  const response = await (route as Handlers)[method]!(request, { params: Promise.resolve({ robotId } as never) })
  return (await response.text())
    .replaceAll(robotId, 'ROBOT')
    .replaceAll(roomId, 'ROOM')
    .replace(/weimi_ROBOT/, 'weimi1001')
    .replace(/msg_\w{22}/, 'MESSAGE')
    .replace(/(\/qr\/|key=)[\w-]{22,}/, '$1KEY')
    .replace(/(\/weiqun\/)[\w-]+/g, '$1NUMBER')
}

const robotText = '{"id":"ROBOT","status":"online","username":"weimi1001","nickname":"微米助手"}'
const offline = robotText.replace('online', 'offline')
const done = (data?: string) => `{"retCode":0,"errorMsg":""${data === undefined ? '' : `,"data":${data}`}}`

describe('机器人接口：a response is these bytes', () => {
  it('创建微信机器人', async () => {
    const { username } = (await database.sql`select username from robots where id = ${robotId}`)[0]!
    expect(await bytesOf(robots, 'POST', { username })).toBe(done(`{"robot":${robotText}}`))
  })
  it('查询机器人状态, with the added fields last', async () => {
    const added =
      ',"connection":"web","capabilities":{"login":"qr","rooms":true,"direct":true,"image":true,"file":true,"handover":false,"logout":true,' +
      '"verify_code":false,"make_room":true,"add_member":true,"invite_member":true,"join_qr":false,"friend_requests":true,' +
      '"reply_window":null}}'
    expect(await bytesOf(robot, 'GET')).toBe(done(`{"robot":${robotText.slice(0, -1)}${added}}`))
  })
  it('删除机器人', async () => expect(await bytesOf(robot, 'DELETE')).toBe(done(`{"robot":${offline}}`)))
  it('微信登录', async () => {
    await database.sql`update sessions set state = 'waiting_scan',
      attempt_expires_at = clock_timestamp() + interval '1 minute' where robot_id = ${robotId}`
    const waiting = robotText.replace('online', 'waiting_scan')
    expect(await bytesOf(login, 'POST')).toBe(done(`{"robot":${waiting},"qrcode_url":"http://wxbot.test/qr/KEY"}`))
  })
  it('同步微信群列表', async () =>
    expect(await bytesOf(sync, 'POST')).toBe(done('{"rooms":[{"id":"ROOM","nickname":"微米客户群"}]}')))
  it('获取微信群列表', async () =>
    expect(await bytesOf(rooms, 'GET')).toBe(done('{"rooms":[{"id":"ROOM","nickname":"微米客户群"}]}')))
  it('发送消息', async () =>
    expect(await bytesOf(message, 'POST', { to_user: roomId, msg_type: 'text', content: '好' })).toBe(
      done('{"message_id":"MESSAGE"}'),
    ))
  it('退出登录', async () => expect(await bytesOf(logout, 'POST')).toBe(done()))
  it('获取绑定微信群列表', async () => {
    await database.db.transaction((tx) => setBindings(tx, { robotId, roomIds: [roomId], isBound: true }))
    expect(await bytesOf(active, 'GET')).toBe(
      done('{"rooms":[{"username":"@@7d1f","nickname":"微米客户群","id":"ROOM"}]}'),
    )
  })
  it('an error of the robots API has unchanged bytes', async () =>
    expect(await bytesOf(message, 'POST', { to_user: 'nowhere', msg_type: 'text', content: '好' })).toMatch(
      /^\{"retCode":-1001,"errorMsg":"[^"]+"\}$/,
    ))
})

describe('群接口：a response is these bytes', () => {
  const draft = { code: 'MEU3RDZEOEZCNkMzfDg4ODg=', owner: '宋公明', assistant: 'weimi1001' }
  beforeEach(async () => {
    await database.sql`truncate quns cascade`
    await database.sql`update robots set username = id, is_assistant = false`
    await database.sql`update robots set username = 'weimi1001', is_assistant = true where id = ${robotId}`
    await database.db.transaction((tx) => setCompanions(tx, { robotId, names: ['陈静'] }))
  })

  it('请求建群', async () => {
    expect(await bytesOf(qun, 'POST', draft)).toMatch(
      /^\{"qun_create_response":\{"url":"http:\/\/wxbot\.test\/weiqun\/NUMBER"[,}]/,
    )
  })
  it('请求入群', async () => {
    await bytesOf(qun, 'POST', draft)
    const [made] = await database.sql<{ id: string }[]>`
      update quns set state = 'open', room_id = ${roomId}, opened_at = clock_timestamp() returning id`
    const { token: joinToken } = (await getJoinToken(database.db, { qunId: made!.id }))!
    const response = await bytesOf(membership, 'POST', { token: encodeJoinToken(joinToken), member: '黑旋风' })
    expect(response).toBe('{"membership_join_response":{"approved":"ok"}}')
  })
  it('an error of the groups API has unchanged bytes', async () =>
    expect(await bytesOf(qun, 'POST', { ...draft, owner: '' })).toMatch(
      /^\{"error":\{"code":1001,"message":"[^"]+"\}\}$/,
    ))
})
