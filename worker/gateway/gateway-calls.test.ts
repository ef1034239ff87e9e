import { describe, expect, it } from 'vitest'
import * as callback from '@/app/(api)/v1/gateway/[key]/callback/route'
import * as logout from '@/app/(api)/robots/[robotId]/logout/route'
import * as message from '@/app/(api)/robots/[robotId]/message/route'
import * as active from '@/app/(api)/robots/[robotId]/rooms/active/route'
import * as rooms from '@/app/(api)/robots/[robotId]/rooms/route'
import * as sync from '@/app/(api)/robots/[robotId]/rooms/sync/route'
import * as robot from '@/app/(api)/robots/[robotId]/route'
import * as enter from '@/app/(api)/v1/robots/[robotId]/login/code/route'
import * as membership from '@/app/(api)/wxbot/qun/membership/route'
import * as qun from '@/app/(api)/wxbot/qun/route'
import { openConnectorSecrets } from '@/lib/connector/find-connector'
import { listRefusals } from '@/lib/gateway/receive-callback'
import { getJoinToken } from '@/lib/qun/join-token'
import { encodeJoinToken } from '@/lib/qun/join-token-text'
import { getLiveSession } from '@/lib/session/get-session'
import { callRoute, newPeer, type Route } from '@/lib/testing/call-route'
import { checkGateway } from '@/worker/gateway/check-gateway'
import { messageBody } from '@/worker/gateway/testing/message-body'
import { useGatewayRobot } from '@/worker/gateway/testing/use-gateway-robot'
import { testSealer } from '@/worker/testing/use-robots'

const given = useGatewayRobot()
const { test, account, post, get, scan, isStatus, goOnline, inbox } = given
/** More on request: `CALLBACKS=5000`. */
const callbackCount = Number(process.env.CALLBACKS ?? 300)

describe('a gateway robot', () => {
  it('serves the nine documented calls, with ids of rooms that outlive a login', async () => {
    await goOnline()
    const synced = (await post(sync)).data as { rooms: { id: string; nickname: string }[] }
    const room = synced.rooms.find(({ nickname }) => nickname === '云商城售后群 100086')
    expect((await get(rooms)).data).toEqual(synced)
    const bound = (await get(active)).data as { rooms: { username: string }[] }
    expect(bound.rooms.map(({ username }) => username)).toContain('20000000001@chatroom')
    const text = { msg_type: 'text', content: '您好' }
    for (const to_user of [room?.id, '20000000001@chatroom', 'wxid_wangfang0101', 'filehelper'])
      expect(await post(message, { to_user, ...text })).toMatchObject({ retCode: 0 })
    expect(await post(message, { to_user: 'wxid_nobody00001', ...text })).toMatchObject({ retCode: -1001 })
    expect(await post(message, { to_user: '1@chatroom', ...text })).toMatchObject({ retCode: -1001 })
    await test.control('/faults', { path: '/postText', kind: 'ret', ret: -4 })
    expect(await post(message, { to_user: room?.id, ...text })).toMatchObject({ retCode: -1 })
    expect(await post(logout)).toMatchObject({ retCode: 0 })
    expect(await post(message, { to_user: room?.id, ...text })).toMatchObject({ retCode: 1102 })
    await goOnline()
    const again = (await post(sync)).data as typeof synced
    expect(again.rooms.map(({ id }) => id).sort()).toEqual(synced.rooms.map(({ id }) => id).sort())
    const { devices } = await test.control('/gateway/state')
    expect(devices).toHaveLength(1)
    expect(
      await callRoute(robot, 'DELETE', { query: { token: given.token }, params: { robotId: given.robotId } }),
    ).toMatchObject({ retCode: 0 })
  })

  it('passes the number and the face check of a login', async () => {
    const code = await scan({ number: '42', check: true })
    await isStatus('waiting_code')
    expect(await post(enter, { code: '41' })).toMatchObject({ retCode: -1005 })
    expect(await post(enter, { code: '42' })).toMatchObject({ retCode: 0 })
    await test.until(async () =>
      /gateway-check/.test((await getLiveSession(test.db, { robotId: given.robotId }))?.qrContent ?? ''),
    )
    await test.control(`${code}/pass`, {})
    await isStatus('waiting_confirm')
    await test.control(`${code}/confirm`, {})
    await isStatus('online')
  })

  it('reconnects after a drop, and asks for a scan of the same device when that fails', async () => {
    await goOnline()
    await test.control(`/gateway/accounts/${account}/drop`, { canReconnect: true })
    await test.until(async () => (await test.control('/gateway/state')).devices[0].isOnline === true)
    await isStatus('online')
    await test.control(`/gateway/accounts/${account}/drop`, {})
    await isStatus('offline')
    await goOnline()
    expect((await test.control('/gateway/state')).devices).toHaveLength(1)
  })

  it('learns of a room that is not saved when a member speaks, and of its end', async () => {
    await goOnline()
    const members = ['wxid_wangfang0101', account, 'wxid_liwei0000102']
    const made = await test.control('/rooms', { name: '没有保存的群', owner: members[0], members })
    await test.control(`/rooms/${encodeURIComponent(made.id)}/messages`, {
      from: members[0],
      type: 'text',
      text: '在吗',
    })
    await test.until(async () =>
      (await inbox()).some(({ content, senderName }) => content === '在吗' && senderName === '王芳'),
    )
    expect((await test.room(given.robotId, '没有保存的群')).username).toBe(made.id)
    expect(
      ((await post(sync)).data as { rooms: { nickname: string }[] }).rooms.map(({ nickname }) => nickname),
    ).toContain('没有保存的群')
    await test.control(`/rooms/${encodeURIComponent(made.id)}/leave`, { wxid: account, by: members[0] })
    await test.until(async () => (await test.room(given.robotId, '没有保存的群')).goneAt !== null)
  })

  it('makes a group from the owner’s code to the third member, with a restart in the middle', async () => {
    await given.makeAssistant()
    await goOnline()
    const order = { code: Buffer.from('0E7D6D8FB6C3|8888').toString('base64'), owner: '宋公明', assistant: 'shop' }
    const made = await given.askQun(qun, order)
    expect(made).toMatchObject({ status: 'pending_owner', url: expect.stringContaining('/weiqun/') })
    const owner = (await test.control('/accounts', { nickname: '宋公明本人', canLogIn: false })).wxid
    await test.control(`/accounts/${account}/friend-requests`, { from: owner, greeting: `我是${order.code}` })
    await test.until(async () => (await given.askQun(qun, order))['status'] === 'open')

    await given.stopWorker()
    const guest = (await test.control('/accounts', { nickname: '黑旋风', canLogIn: false })).wxid
    const [row] = await test.sql`select id, room_id from quns where robot_id = ${given.robotId}`
    const joinToken = encodeJoinToken((await getJoinToken(test.db, { qunId: row?.['id'] as string }))?.token ?? '')
    await test.control(`/accounts/${account}/friend-requests`, { from: guest, greeting: `我是${joinToken}` })
    given.startWorker()
    const memberCount = async () => {
      const [room] = await test.sql`select username from rooms where id = ${row?.['room_id'] as string}`
      const { rooms: all } = (await test.control('/state')) as { rooms: { id: string; members: unknown[] }[] }
      return all.find(({ id }) => id === room?.['username'])?.members.length
    }
    await test.until(async () => (await memberCount()) === 5)
    await test.control(`/accounts/${account}/friends`, { friend: 'wxid_zhouqiang109' })
    await isStatus('online')
    await test.until(async () => {
      const joined = await given.askQun(membership, { token: joinToken, member: '周强🚲' })
      return joined['approved'] === 'ok'
    })
    expect(await memberCount()).toBe(6)
  })
})

it('the check of a connector finds nothing, a refused token, a missing callback, and an address that does not respond', async () => {
  const check = async (changes: { token?: string; baseUrl?: string; publicUrl?: string } = {}) => {
    const connector = await openConnectorSecrets(test.db, { sealer: testSealer, connectorId: given.connectorId })
    if (connector?.type !== 'gateway') throw new Error('no gateway')
    const { token: changed = connector.secrets.token, baseUrl = connector.settings.baseUrl, publicUrl } = changes
    const PUBLIC_URL = publicUrl ?? test.gatewayWebOrigin
    const problems = await checkGateway(
      { ...connector, secrets: { token: changed }, settings: { ...connector.settings, baseUrl } },
      {
        db: test.db,
        env: { ...given.web.context.env, PUBLIC_URL },
        egress: given.web.context.egress,
        sealer: testSealer,
        signal: AbortSignal.timeout(15_000),
      },
    )
    return problems.map(({ reason }) => reason)
  }
  expect(await check()).toEqual([])
  expect(await check({ token: 'wrong' })).toEqual(['gateway_refused'])
  expect(await check({ publicUrl: 'http://127.0.0.1:9' })).toEqual(['gateway_no_callback'])
  expect(await check({ baseUrl: 'http://127.0.0.1:9' })).toEqual(['gateway_unreachable'])
  expect(await check({ baseUrl: `${test.simulatorOrigin}/nothing` })).toEqual(['gateway_unreadable'])
})

describe('callbacks of a gateway', () => {
  const say = (number: number) => messageBody({ appId, account, number })
  let appId: string
  const send = (key: string, body: string) => given.callBack(body, key)

  it('stores each of them once, whatever is repeated or out of order', async () => {
    await goOnline()
    appId = await given.appId()
    const order = Array.from({ length: callbackCount }, (_, index) => index)
    const shuffled = order.map((index) => order[(index * 1_237) % order.length] ?? 0)
    const repeats = shuffled.filter((_, index) => index % 5 === 0)
    const all = [...shuffled, ...repeats]
    for (let at = 0; at < all.length; at += 50)
      await Promise.all(all.slice(at, at + 50).map((index) => send(given.callbackKey, say(index))))
    await test.until(async () => (await inbox()).length >= callbackCount, 300_000)
    for (const index of repeats.slice(0, 20))
      expect(await send(given.callbackKey, say(index))).toMatchObject({ status: 200 })
    const texts = (await inbox()).map(({ content }) => content)
    expect(texts).toHaveLength(callbackCount)
    expect(new Set(texts).size).toBe(callbackCount)
  }, 600_000)

  it('change nothing with a wrong path, a foreign device or an unreadable body, or in a flood, and are counted', async () => {
    await goOnline()
    appId = await given.appId()
    const before = (await inbox()).length
    expect(await send('x'.repeat(22), say(1))).toMatchObject({ status: 404 })
    expect(await send('../connectors', say(1))).toMatchObject({ status: 404 })
    expect(await send(given.callbackKey, say(1).replace(appId, 'wx_foreign'))).toMatchObject({ status: 200 })
    expect(await send(given.callbackKey, '<xml>')).toMatchObject({ status: 200 })
    await test.sql`update gateway_devices set waiting_count = 20000 where robot_id = ${given.robotId}`
    expect(await send(given.callbackKey, say(2))).toMatchObject({ status: 429 })
    await test.sql`update gateway_devices set waiting_count = 0 where robot_id = ${given.robotId}`
    const headers = newPeer()
    const guess = () => callRoute(callback as unknown as Route, 'POST', { headers, params: { key: 'y'.repeat(22) } })
    const guesses = await Promise.all(Array.from({ length: 100 }, guess))
    expect(new Set(guesses.map(({ status }) => status))).toEqual(new Set([404, 429]))
    const counts = Object.fromEntries(
      (await listRefusals(test.db, { connectorId: given.connectorId })).map(({ reason, count }) => [reason, count]),
    )
    expect(counts).toMatchObject({ foreign_device: 1, unreadable: 1, flood: 1 })
    expect(counts['unknown_path']).toBeGreaterThanOrEqual(2)
    expect(await inbox()).toHaveLength(before)
    const [waiting] =
      await test.sql`select count(*)::int as count from gateway_events where body is not null and robot_id = ${given.robotId}`
    expect(waiting?.['count']).toBe(0)
  })
})
