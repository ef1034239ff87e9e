import { expect, it } from 'vitest'
import * as login from '@/app/(api)/robots/[robotId]/login/route'
import * as logout from '@/app/(api)/robots/[robotId]/logout/route'
import * as message from '@/app/(api)/robots/[robotId]/message/route'
import * as active from '@/app/(api)/robots/[robotId]/rooms/active/route'
import * as rooms from '@/app/(api)/robots/[robotId]/rooms/route'
import * as sync from '@/app/(api)/robots/[robotId]/rooms/sync/route'
import * as robot from '@/app/(api)/robots/[robotId]/route'
import * as robots from '@/app/(api)/robots/route'
import { callbackEvents } from '@/lib/db/schema/callback'
import { getLiveSession } from '@/lib/session/get-session'
import { callRoute, type ParsedResponse, type Route } from '@/lib/testing/call-route'
import { useGatewayRobot } from '@/worker/gateway/testing/use-gateway-robot'

const given = useGatewayRobot()
const { test } = given
const roomName = '云商城售后群 100086'

type Story = Record<string, unknown>

/** Replaces what differs between any two robots: ids, links and times. */
function withoutIds(value: unknown): unknown {
  const text = JSON.stringify(value)
    .replace(/\b(rbt|room|msg|evt|app)_[A-Za-z0-9]{10,}/g, '$1_…')
    .replace(/story_\w+/g, 'story')
    .replace(/http:\/\/wxbot\.test\/qr\/\w+/g, 'http://wxbot.test/qr/…')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'time')
  return JSON.parse(text)
}

/** Runs the story of the README's five minutes with one robot, and returns all responses. */
async function collectResponses(create: {
  username: string
  connection: string
  connector_id?: string
}): Promise<Story> {
  const { token } = given
  const story: Story = {}
  const record = (name: string, { status, retCode, errorMsg, data }: ParsedResponse) => {
    story[name] = withoutIds({ status, retCode, errorMsg, data })
    return data as never
  }
  const { robot: created } = record('create', await callRoute(robots, 'POST', { body: { token, ...create } })) as {
    robot: { id: string }
  }
  const robotId = created.id
  const post = (route: Route, body: object = {}) =>
    callRoute(route, 'POST', { body: { token, ...body }, params: { robotId } })
  const get = (route: Route) => callRoute(route, 'GET', { query: { token }, params: { robotId } })
  const status = async () => ((await get(robot)).data as { robot: { status: string } }).robot.status
  const isAwake = setInterval(() => void given.wake(robotId), 50)
  try {
    record('send before the login', await post(message, { to_user: 'x', msg_type: 'text', content: 'x' }))
    record('login', await post(login, { agent_id: 'shop-100086' }))
    record('robot that waits for a scan', await get(robot))
    const content = (await getLiveSession(test.db, { robotId }))?.qrContent ?? ''
    const code = content.replace(/^.*\/x\//, '/gateway/codes/').replace(/^.*\/l\//, '/codes/')
    await test.control(`${code}/scan`, { wxid: given.account })
    await test.until(async () => (await status()) === 'waiting_confirm')
    record('robot that waits for the confirmation', await get(robot))
    await test.control(`${code}/confirm`, { wxid: given.account })
    await test.until(async () => (await status()) === 'online')
    await test.until(async () => (await test.rooms(robotId)).length > 0)
    record('robot that is online', await get(robot))
    record('login while online', await post(login))
    type Listed = { rooms: { id: string; nickname: string; username?: string }[] }
    const synced: Listed = record('sync', await post(sync))
    const room = synced.rooms.find(({ nickname }) => nickname === roomName)
    record('rooms', await get(rooms))
    const bound: Listed = record('bound rooms', await get(active))
    story['bound rooms'] = bound.rooms.map(({ id, username, ...rest }) => ({
      id: typeof id,
      username: typeof username,
      ...rest,
    }))
    record('text to a room', await post(message, { to_user: room?.id, msg_type: 'text', content: '您好' }))
    record('text to the file helper', await post(message, { to_user: 'filehelper', msg_type: 'text', content: '您好' }))
    record('text to an unknown room', await post(message, { to_user: 'room_x', msg_type: 'text', content: '您好' }))
    record('text without content', await post(message, { to_user: room?.id, msg_type: 'text', content: '' }))
    const simulated = await test.simulatedRoom(roomName)
    await test.control(`/rooms/${encodeURIComponent(simulated.id)}/messages`, {
      from: 'wxid_wangfang0101',
      type: 'text',
      text: `在吗 ${create.username}`,
    })
    await test.until(async () => (await test.messages(robotId)).some(({ direction }) => direction === 'in'))
    const events = (await test.db.select().from(callbackEvents)).filter((event) => event.robotId === robotId)
    story['callbacks'] = withoutIds(events.map(({ type, data }) => ({ type, data })))
    record('logout', await post(logout))
    record('send after the logout', await post(message, { to_user: room?.id, msg_type: 'text', content: 'x' }))
    record('robot that is offline', await get(robot))
    record('deletion', await callRoute(robot, 'DELETE', { query: { token }, params: { robotId } }))
    record('robot that was deleted', await get(robot))
  } finally {
    clearInterval(isAwake)
  }
  return story
}

it('the web connection and a gateway return the same responses', async () => {
  await test.sql`update applications set callback_url = 'http://127.0.0.1:9/', room_scope = 'all'`
  // A gateway lists only rooms that are saved to the contacts.
  const { rooms: all } = (await test.control('/state')) as { rooms: { id: string; members: { wxid: string }[] }[] }
  for (const { id, members } of all)
    if (members.some(({ wxid }) => wxid === given.account))
      await test.control(`/rooms/${encodeURIComponent(id)}/save`, { wxid: given.account, saved: true })
  const web = await collectResponses({ username: 'story_web', connection: 'web' })
  const gateway = await collectResponses({
    username: 'story_gateway',
    connection: 'gateway',
    connector_id: given.connectorId,
  })
  expect(Object.keys(web)).toHaveLength(20)
  // The robot states how it is connected and what only a gateway can do; nothing else differs.
  const expected = JSON.stringify(web)
    .replaceAll('"connection":"web"', '"connection":"gateway"')
    .replaceAll('"verify_code":false', '"verify_code":true')
    .replaceAll('"file":true', '"file":false')
    .replaceAll('"join_qr":false', '"join_qr":true')
  expect(expected).not.toBe(JSON.stringify(web))
  expect(gateway).toEqual(JSON.parse(expected))
})
