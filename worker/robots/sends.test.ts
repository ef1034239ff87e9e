import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { cancelQueuedMessage } from '@/lib/message/cancel-message'
import { newId } from '@/lib/id'
import { getSendPace } from '@/lib/robot/send-pace'
import { openCutProxy } from '@/worker/testing/open-cut-proxy'
import { useRobots } from '@/worker/testing/use-robots'
import { tinyPng } from '@/lib/testing/tiny-png'

const test = useRobots()
const account = 'wxid_weimi000001'
const roomName = '云商城售后群 100086'
const stops: Array<() => unknown> = []
afterEach(async () => void (await Promise.all(stops.splice(0).map((stop) => stop()))))

async function onlineRobot(options: Parameters<typeof test.startWorker>[0] = {}) {
  const worker = test.startWorker(options)
  const robotId = await test.givenRobot()
  await test.logIn(worker, robotId, account)
  const room = await test.room(robotId, roomName)
  const simulated = await test.simulatedRoom(roomName)
  /** Accepts a message and wakes the robot; resolves with the outcome. */
  const send = async (input: Partial<Parameters<typeof test.accept>[0]>) => {
    const id = await test.accept({ robotId, toUser: room.id, content: '你好', ...input })
    void worker.wake(robotId)
    return test.reply(id)
  }
  return { worker, robotId, room, simulated, send }
}
const calls = async (path: string): Promise<number> => (await test.control(`/calls?path=${path}`)).calls.length

async function serveImages(): Promise<string> {
  const server = createServer((request, response) => response.end(request.url === '/real.txt' ? tinyPng : 'no picture'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  stops.push(() => server.close().closeAllConnections())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

describe('sends', () => {
  it('A11: sends of 8 concurrent clients, 200 in all, arrive in the order of acceptance, none twice, none lost', async () => {
    const { robotId, simulated, send } = await onlineRobot()
    const before = (await simulated.texts()).length
    const clients = Array.from({ length: 8 }, async (_client, client) => {
      for (let index = 0; index < 25; index++)
        expect(await send({ content: `${client}-${index}` })).toMatchObject({ state: 'sent' })
    })
    await Promise.all(clients)
    const accepted = (await test.messages(robotId)).map(({ content }) => content)
    expect(new Set(accepted).size).toBe(200)
    expect((await simulated.texts()).slice(before)).toEqual(accepted)
  }, 60_000)

  it.each([
    ['emoji', '👨‍👩‍👧‍👦🎉[微笑]🇨🇳'],
    ['line breaks', '第一行\n\n第三行\r\n\t缩进'],
    ['separators of sender and text', '@abc:\n第二行:\n第三行'],
    ['HTML and entities', '<b>&amp;</b> &lt;br/&gt; <br/> "\'`'],
    ['blanks at both ends', '  前后有空格  '],
    ['2,000 Chinese characters', '汉'.repeat(2000)],
    ['2,000 emoji', '😀'.repeat(2000)],
  ])('A11: sends with %s arrive unchanged', async (_what, content) => {
    const { simulated, send } = await onlineRobot()
    expect(await send({ content })).toMatchObject({ state: 'sent' })
    expect((await simulated.texts()).at(-1)).toBe(content)
  })

  it('A11: keep the interval of the rate, and the time of the last send is stored', async () => {
    const { robotId, send } = await onlineRobot()
    await test.sql`update robots set send_rate_per_minute = 300 where id = ${robotId}`
    const startedAt = performance.now()
    await Promise.all(Array.from({ length: 6 }, (_, index) => send({ content: `第 ${index}` })))
    expect(performance.now() - startedAt).toBeGreaterThan(5 * 200 * 0.85)
    expect((await getSendPace(test.db, { robotId })).sinceLastSendMs).toBeLessThan(15_000)
  })

  it('A11: reach a contact and filehelper', async () => {
    const { robotId, send } = await onlineRobot()
    expect(await send({ toUser: 'filehelper', content: '给自己' })).toMatchObject({ state: 'sent' })
    await test.control(`/chats/${account}/messages`, { from: 'wxid_wangfang0101', type: 'text', text: '在吗' })
    await test.until(async () => (await test.messages(robotId)).some(({ content }) => content === '在吗'))
    const received = (await test.messages(robotId)).find(({ content }) => content === '在吗')
    expect(await send({ toUser: received?.peerUsername ?? '', content: '在的' })).toMatchObject({ state: 'sent' })
    const { messages } = await test.control(`/chats/${account}/wxid_wangfang0101/messages`)
    expect(messages.at(-1)).toMatchObject({ text: '在的' })
  })

  it('A5: sends to an unknown contact are refused without a call to WeChat, before the image is fetched', async () => {
    const { send } = await onlineRobot()
    const refusal = { state: 'refused', errorCode: 'TARGET_NOT_FOUND' }
    expect(await send({ toUser: '@0123456789abcdef' })).toMatchObject(refusal)
    const broken = { type: 'image', content: 'http://127.0.0.1:9/none.png' } as const
    expect(await send({ toUser: '@0123456789abcdef', ...broken })).toMatchObject(refusal)
    expect(await calls('webwxsendmsg')).toBe(0)
  })

  it('A11: sends of images use the bytes behind the link, not its extension', async () => {
    const { send } = await onlineRobot()
    const origin = await serveImages()
    expect(await send({ type: 'image', content: `${origin}/real.txt` })).toMatchObject({ state: 'sent' })
    for (const content of [`${origin}/fake.png`, 'http://10.0.0.1/a.png', 'http://127.0.0.1:9/a.png', 'no link'])
      expect(await send({ type: 'image', content })).toMatchObject({ state: 'refused', errorCode: 'IMAGE_UNUSABLE' })
    expect(await calls('webwxsendmsgimg')).toBe(1)
    expect(await calls('webwxuploadmedia')).toBe(1)
  })

  it('A11: sends of an image stored with the message use its bytes, nothing fetches its link', async () => {
    const { send } = await onlineRobot()
    const upload = { mediaId: newId('media'), contentType: 'image/png', fileName: null, bytes: tinyPng }
    const content = 'http://127.0.0.1:9/v1/media/unreachable'
    expect(await send({ type: 'image', content, upload })).toMatchObject({ state: 'sent' })
    expect(await calls('webwxsendmsgimg')).toBe(1)
  })

  it.each([
    [1100, 'logged_out_on_phone'],
    [1101, 'logged_in_elsewhere'],
    [1102, 'expired'],
  ])(
    'A5: sends that fail with Ret %i take the robot offline at once, and waiting messages are refused',
    async (ret, endReason) => {
      const { worker, robotId, room } = await onlineRobot()
      await test.control('/faults', { path: 'webwxsendmsg', kind: 'ret', ret })
      const ids = [
        await test.accept({ robotId, toUser: room.id, content: '一' }),
        await test.accept({ robotId, toUser: room.id, content: '二' }),
      ]
      void worker.wake(robotId)
      for (const id of ids) expect(await test.reply(id)).toMatchObject({ state: 'refused', errorCode: 'SESSION_GONE' })
      const ended = await test.sql`select state, end_reason from sessions where robot_id = ${robotId}`
      expect(ended).toMatchObject([{ state: 'ended', end_reason: endReason }])
      expect(await calls('webwxsendmsg')).toBe(1)
    },
  )

  it('A11: wait for the rooms of a new login instead of being refused', async () => {
    const { worker, robotId, room, simulated } = await onlineRobot()
    await test.command(worker, robotId, 'logout')
    const fault = await test.control('/faults', { path: 'webwxgetcontact', kind: 'hold' })
    const { sessionId } = await test.scan(worker, robotId, account)
    await test.until(async () => (await test.session(sessionId))?.state === 'online')
    const id = await test.accept({ robotId, toUser: room.id, content: '刚刚登录' })
    await worker.wake(robotId)
    expect((await test.messages(robotId)).at(-1)).toMatchObject({ state: 'queued' })
    await test.until(async () => (await test.control('/faults')).faults[0]?.held === 1)
    await test.control(`/faults/${fault.id}/release`, {})
    expect(await test.reply(id)).toMatchObject({ state: 'sent' })
    expect((await simulated.texts()).at(-1)).toBe('刚刚登录')
  })
})

describe('while WeChat is unreachable', () => {
  async function cutRobot() {
    const proxy = await openCutProxy(test.simulatorOrigin)
    stops.push(() => proxy.cut().catch(() => undefined))
    const robot = await onlineRobot({ wechatOrigin: proxy.origin })
    await proxy.cut()
    const state = async () => (await test.messages(robot.robotId)).at(-1)
    return { ...robot, proxy, state }
  }

  it('G1: a message that provably never left waits and is sent once, in order, after the outage', async () => {
    const { worker, robotId, room, simulated, proxy } = await cutRobot()
    const ids = [
      await test.accept({ robotId, toUser: room.id, content: '断线一', timeoutMs: 60_000 }),
      await test.accept({ robotId, toUser: room.id, content: '断线二', timeoutMs: 60_000 }),
    ]
    void worker.wake(robotId)
    const sessionState = async () => (await test.sql`select state from sessions where robot_id = ${robotId}`)[0]?.state
    await test.until(async () => (await sessionState()) === 'reconnecting')
    await proxy.mend()
    for (const id of ids) expect(await test.reply(id)).toMatchObject({ state: 'sent' })
    expect((await simulated.texts()).filter((text) => text?.startsWith('断线'))).toEqual(['断线一', '断线二'])
  }, 40_000)

  it('A5: a message at its deadline is cancelled as WeChat unreachable and never sent later', async () => {
    const { worker, robotId, room, simulated, proxy, state } = await cutRobot()
    const id = await test.accept({ robotId, toUser: room.id, content: '太晚', timeoutMs: 4000 })
    void worker.wake(robotId)
    await test.until(async () => (await test.sweep(), (await state())?.state === 'cancelled'))
    expect(await test.reply(id)).toMatchObject({ state: 'cancelled', errorCode: 'WECHAT_UNREACHABLE' })
    await proxy.mend()
    const next = await test.accept({ robotId, toUser: room.id, content: '之后' })
    expect(await test.reply(next)).toMatchObject({ state: 'sent' })
    expect(await simulated.texts()).not.toContain('太晚')
  }, 40_000)
})

describe('G1: a message that WeChat refuses with 1205', () => {
  const refuse = (times: number) => test.control('/faults', { path: 'webwxsendmsg', kind: 'ret', ret: 1205, times })
  const cooldown = async (robotId: string) =>
    (await test.sql`select strike_count as strikes, until from cooldowns where robot_id = ${robotId}`)[0]

  it('G1: a message that WeChat refuses with 1205 is retried within its deadline, before later messages, and accepted once', async () => {
    const { worker, robotId, room, simulated } = await onlineRobot()
    await refuse(2)
    const ids = [
      await test.accept({ robotId, toUser: room.id, content: '频繁一', timeoutMs: 30_000 }),
      await test.accept({ robotId, toUser: room.id, content: '频繁二', timeoutMs: 30_000 }),
    ]
    const startedAt = performance.now()
    void worker.wake(robotId)
    for (const id of ids) expect(await test.reply(id)).toMatchObject({ state: 'sent' })
    expect(performance.now() - startedAt).toBeGreaterThan(5900)
    expect((await simulated.texts()).filter((text) => text?.startsWith('频繁'))).toEqual(['频繁一', '频繁二'])
    expect(await calls('webwxsendmsg')).toBe(4)
    expect(await cooldown(robotId)).toBeUndefined()
  })

  it('G1: a message that WeChat refuses with 1205 is refused at once if the next attempt would miss the deadline, and so are later ones', async () => {
    const { worker, robotId, room } = await onlineRobot()
    await refuse(0)
    const ids = [
      await test.accept({ robotId, toUser: room.id, content: '一', timeoutMs: 3000 }),
      await test.accept({ robotId, toUser: room.id, content: '二', timeoutMs: 3000 }),
    ]
    const patient = await test.accept({ robotId, toUser: room.id, content: '三', timeoutMs: 60_000 })
    void worker.wake(robotId)
    for (const id of ids)
      expect(await test.reply(id)).toMatchObject({ state: 'refused', errorCode: 'WECHAT_TOO_OFTEN' })
    expect(await calls('webwxsendmsg')).toBe(1)
    expect((await test.messages(robotId)).at(-1)).toMatchObject({ id: patient, state: 'queued' })
    // A message that cannot be sent in time is not accepted either.
    const late = test.accept({ robotId, toUser: room.id, content: '四', timeoutMs: 1000 })
    await expect(late).rejects.toMatchObject({ code: 'WECHAT_TOO_OFTEN' })
  })

  it('waits longer after each refusal, also under the next owner', async () => {
    const { worker, robotId, room } = await onlineRobot()
    await refuse(0)
    await test.sql`insert into cooldowns (robot_id, operation, until, strike_count) values (${robotId}, 'send', now(), 3)`
    const id = await test.accept({ robotId, toUser: room.id, content: '再等等', timeoutMs: 60_000 })
    await worker.wake(robotId)
    await test.until(async () => (await cooldown(robotId))?.strikes === 4)
    expect(new Date((await cooldown(robotId))?.until).getTime()).toBeGreaterThan(Date.now() + 14_000)
    await worker.stop()
    const next = test.startWorker()
    expect(await test.command(next, robotId, 'sync_rooms')).toMatchObject({ state: 'done' })
    expect(await calls('webwxsendmsg')).toBe(1)
    await test.control('/faults', undefined, 'DELETE')
    await test.sql`update cooldowns set until = now()`
    await next.wake(robotId)
    expect(await test.reply(id)).toMatchObject({ state: 'sent' })
  })

  it('G1: a message that WeChat refuses with 1205 does not delay a cancel, a sync or a logout', async () => {
    const { worker, robotId, room } = await onlineRobot()
    await refuse(0)
    await test.sql`insert into cooldowns (robot_id, operation, until, strike_count) values (${robotId}, 'send', now(), 5)`
    const ids = [
      await test.accept({ robotId, toUser: room.id, content: '取消', timeoutMs: 600_000 }),
      await test.accept({ robotId, toUser: room.id, content: '退出', timeoutMs: 600_000 }),
    ] as const
    await worker.wake(robotId)
    await test.until(async () => (await cooldown(robotId))?.strikes === 6)
    expect(await cancelQueuedMessage(test.db, { messageId: ids[0] })).toMatchObject({ code: 'WECHAT_TOO_OFTEN' })
    expect(await test.command(worker, robotId, 'sync_rooms')).toMatchObject({ state: 'done' })
    expect(await test.command(worker, robotId, 'logout')).toMatchObject({ state: 'done' })
    expect(await test.reply(ids[1])).toMatchObject({ state: 'refused', errorCode: 'SESSION_GONE' })
    expect(await calls('webwxsendmsg')).toBe(1)
  })

  it('G1: a message that WeChat refuses with 1205 is retried also if it is an image', async () => {
    const { send } = await onlineRobot()
    await test.control('/faults', { path: 'webwxsendmsgimg', kind: 'ret', ret: 1205 })
    const content = `${await serveImages()}/real.txt`
    expect(await send({ type: 'image', content })).toMatchObject({ state: 'sent' })
    expect(await calls('webwxsendmsgimg')).toBe(2)
  })
})
