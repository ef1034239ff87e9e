import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { callbackEvents } from '@/lib/db/schema/callback'
import { requestLogin } from '@/lib/session/request-login'
import { LeaseHandle } from '@/worker/robots/lease-handle'
import { RobotRunner } from '@/worker/robots/robot-runner'
import { useRobots } from '@/worker/testing/use-robots'

const test = useRobots()
const account = 'wxid_weimi000001'
const otherAccount = 'wxid_yunkefu00002'
const friend = 'wxid_wangfang0101'
const roomName = '云商城售后群 100086'

async function onlineRobot() {
  const worker = test.startWorker()
  const robotId = await test.givenRobot()
  const sessionId = await test.logIn(worker, robotId, account)
  const room = await test.room(robotId, roomName)
  const simulated = await test.simulatedRoom(roomName)
  const say = (text: string) => test.control(`/rooms/${simulated.id}/messages`, { from: friend, type: 'text', text })
  return { worker, robotId, sessionId, room, simulated, say }
}

describe('a login', () => {
  it('goes from a QR code to online, stores account and rooms, and records one login event', async () => {
    const worker = test.startWorker()
    const robotId = await test.givenRobot()
    const { sessionId } = await test.scan(worker, robotId, account, 'http://127.0.0.1:9/login?a=1')
    await test.until(async () => (await test.rooms(robotId)).length >= 5)
    expect(await test.session(sessionId)).toMatchObject({ state: 'online', qrContent: null })
    const events = await test.db.select().from(callbackEvents).where(eq(callbackEvents.robotId, robotId))
    expect(events).toMatchObject([{ type: 'login', state: 'pending' }])
    expect(events[0]?.loginUrl).toContain('?a=1&')
  })

  it('A7: a login with another WeChat account than before is refused and logged out', async () => {
    const { worker, robotId } = await onlineRobot()
    await test.command(worker, robotId, 'logout')
    const { sessionId } = await test.scan(worker, robotId, otherAccount)
    await test.until(async () => (await test.session(sessionId))?.endReason === 'other_account')
    await test.until(async () => (await test.control('/calls?path=webwxlogout')).calls.length === 2)
  })

  it('A7: a login that is not scanned ends after its time limit', async () => {
    const worker = test.startWorker()
    const robotId = await test.givenRobot()
    const attempt = await test.db.transaction((tx) => requestLogin(tx, { robotId, callbackUrl: null, agentId: null }))
    await worker.wake(robotId)
    await test.reply(attempt.commandId ?? '')
    await test.sql`update sessions set attempt_expires_at = now() - interval '1 second' where id = ${attempt.sessionId}`
    await worker.releaseIdle()
    expect(await test.session(attempt.sessionId)).toMatchObject({ state: 'ended', endReason: 'not_scanned' })
  })

  it('A7: a login is cancelled by a logout', async () => {
    const worker = test.startWorker()
    const robotId = await test.givenRobot()
    const attempt = await test.db.transaction((tx) => requestLogin(tx, { robotId, callbackUrl: null, agentId: null }))
    await worker.wake(robotId)
    await test.reply(attempt.commandId ?? '')
    expect(await test.command(worker, robotId, 'logout')).toMatchObject({ state: 'done' })
    expect(await test.session(attempt.sessionId)).toMatchObject({ state: 'ended', endReason: 'cancelled' })
  })
})

describe('messages', () => {
  it('A11: messages are sent in the order of acceptance, none twice', async () => {
    const { worker, robotId, room, simulated } = await onlineRobot()
    const texts = Array.from({ length: 20 }, (_, index) => `第 ${index} 条`)
    const ids: string[] = []
    for (const content of texts) ids.push(await test.accept({ robotId, toUser: room.id, content }))
    await worker.wake(robotId)
    for (const id of ids) expect(await test.reply(id)).toMatchObject({ state: 'sent' })
    expect((await simulated.texts()).filter((text) => text?.startsWith('第 '))).toEqual(texts)
  })

  it('messages that arrive are stored once and recorded as events', async () => {
    const { robotId, room, say } = await onlineRobot()
    await test.sql`update applications set callback_url = 'http://127.0.0.1:9/cb', room_scope = 'all'`
    await say('有人在吗？\n第二行 <b>&amp; 🎉')
    await test.until(async () => (await test.messages(robotId)).length === 1)
    expect(await test.messages(robotId)).toMatchObject([
      { direction: 'in', state: 'received', roomId: room.id, content: '有人在吗？\n第二行 <b>&amp; 🎉' },
    ])
    const events = await test.db.select().from(callbackEvents).where(eq(callbackEvents.robotId, robotId))
    expect(events.filter((event) => event.type === 'send_message')).toMatchObject([{ roomId: room.id }])
  })

  it.each(['退出wechat4u', '🌚 🌚🌚 🌚🌚 🌚', '__proto__', '\u0000<script>alert(1)</script>'])(
    'messages from a stranger cannot stop a robot: %j',
    async (text) => {
      const { worker, robotId, room, say } = await onlineRobot()
      await say(text)
      await test.until(async () => (await test.messages(robotId)).length === 1)
      const id = await test.accept({ robotId, toUser: room.id, content: '还在' })
      await worker.wake(robotId)
      expect(await test.reply(id)).toMatchObject({ state: 'sent' })
    },
  )

  it('A11: messages that WeChat refuses return an error code, and the next one is sent', async () => {
    const { worker, robotId, room } = await onlineRobot()
    await test.control('/faults', { path: 'webwxsendmsg', kind: 'ret', ret: 1 })
    const [refused, sent] = [
      await test.accept({ robotId, toUser: room.id, content: '一' }),
      await test.accept({ robotId, toUser: room.id, content: '二' }),
    ]
    await worker.wake(robotId)
    expect(await test.reply(refused)).toMatchObject({ state: 'refused', errorCode: 'WECHAT_REFUSED' })
    expect(await test.reply(sent)).toMatchObject({ state: 'sent' })
  })

  it('G1: messages without a response have an unknown outcome and are not resent', async () => {
    const { worker, robotId, room, simulated } = await onlineRobot()
    await test.control('/faults', { path: 'webwxsendmsg', kind: 'reset', when: 'after' })
    const id = await test.accept({ robotId, toUser: room.id, content: '只此一次' })
    await worker.wake(robotId)
    expect(await test.reply(id)).toMatchObject({ state: 'unknown', errorCode: 'OUTCOME_UNKNOWN' })
    expect((await simulated.texts()).filter((text) => text === '只此一次')).toHaveLength(1)
  })
})

describe('a running robot', () => {
  it('runs a logout before waiting sends, which are refused', async () => {
    const { worker, robotId, sessionId, room } = await onlineRobot()
    await test.sql`update robots set send_rate_per_minute = 6 where id = ${robotId}`
    const first = await test.accept({ robotId, toUser: room.id, content: '一' })
    await worker.wake(robotId)
    await test.reply(first)
    const waiting = await test.accept({ robotId, toUser: room.id, content: '二' })
    await worker.wake(robotId)
    expect(await test.command(worker, robotId, 'logout')).toMatchObject({ state: 'done' })
    expect(await test.reply(waiting)).toMatchObject({ state: 'refused', errorCode: 'SESSION_GONE' })
    expect(await test.session(sessionId)).toMatchObject({ state: 'ended', endReason: 'logged_out' })
  })

  it('ends its session at once when the phone does, and refuses waiting messages', async () => {
    const { worker, robotId, sessionId, room } = await onlineRobot()
    await test.sql`update robots set send_rate_per_minute = 1 where id = ${robotId}`
    const first = await test.accept({ robotId, toUser: room.id, content: '一' })
    await worker.wake(robotId)
    await test.reply(first)
    const waiting = await test.accept({ robotId, toUser: room.id, content: '二', timeoutMs: 600_000 })
    await test.control(`/accounts/${account}/kick`, { how: 'phone' })
    expect(await test.reply(waiting)).toMatchObject({ state: 'refused', errorCode: 'SESSION_GONE' })
    expect(await test.session(sessionId)).toMatchObject({ state: 'ended', endReason: 'logged_out_on_phone' })
  })

  it('stores the rooms that WeChat lists when it runs sync_rooms', async () => {
    const { worker, robotId, simulated } = await onlineRobot()
    await test.control(`/rooms/${simulated.id}/rename`, { name: '改名后的群 100086', by: friend })
    expect(await test.command(worker, robotId, 'sync_rooms')).toMatchObject({ state: 'done' })
    expect((await test.rooms(robotId)).map((room) => room.name)).toContain('改名后的群 100086')
  })
})

it('G6: opens no session once its lease is over, because nothing would end it', async () => {
  const robotId = await test.givenRobot()
  const lease = new LeaseHandle(test.db, { robotId, workerId: 'wrk_1', epoch: 1 }, Infinity)
  const takeover = { cause: 'worker_lost', at: null } as const
  const runner = new RobotRunner({} as never, lease, takeover, { send: async () => {}, others: [] })
  lease.end()
  runner.open({} as never)
  expect(runner.session).toBeNull()
})
