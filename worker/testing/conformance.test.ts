import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { capabilitiesOf } from '@/lib/connection/capabilities'
import { readFileUpload } from '@/lib/media/read-upload'
import { acceptMessage } from '@/lib/message/accept-message'
import { captureLog } from '@/lib/testing/capture-log'
import { tinyPng } from '@/lib/testing/tiny-png'
import { gatewayDriver, ilinkDriver, webDriver, wecomDriver } from '@/worker/testing/conformance-drivers'
import { useRobots } from '@/worker/testing/use-robots'

const test = useRobots()
const wecomTimes = { pollMs: 100, retryMs: 100, outageMs: 300 }
const ilinkTimes = { codePauseMs: 100, retryMs: 100, outageMs: 300 }
const gatewayTimes = { codePauseMs: 100, checkMs: 300, retryMs: 100, receiveMs: 100 }
const stops: Array<() => unknown> = []
afterEach(async () => void (await Promise.all(stops.splice(0).map((stop) => stop()))))

async function serveImage(): Promise<string> {
  const server = createServer((_request, response) => response.end(tinyPng))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  stops.push(() => server.close().closeAllConnections())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/picture.png`
}

/** Guarantees of every connection, each shown against its own simulator. Spec: E9 (one conformance suite). */
describe.each([webDriver, ilinkDriver, wecomDriver, gatewayDriver])('a robot connected by $connection', (driver) => {
  const { paths } = driver
  const startWorker = (options: Parameters<typeof test.startWorker>[0] = {}) =>
    test.startWorker({ ilinkTimes, wecomTimes, gatewayTimes, ...options })
  const fault = (order: object) => test.control('/faults', order)
  const received = async (robotId: string) =>
    (await test.messages(robotId)).filter(({ direction }) => direction === 'in').map(({ content }) => content)
  const receives = (robotId: string, text: string) =>
    test.until(async () => (await received(robotId)).some((content) => content === text))

  async function onlineRobot() {
    const worker = startWorker()
    const robotId = await driver.givenRobot(test)
    const sessionId = await driver.logIn(test, worker, robotId)
    await driver.say(test, '在吗')
    await receives(robotId, '在吗')
    const toUser = await driver.target(test, robotId)
    const accept = (content: string, more = {}) => test.accept({ robotId, toUser, content, ...more })
    const send = async (content: string, more = {}) => {
      const id = await accept(content, more)
      void worker.wake(robotId)
      return test.reply(id)
    }
    const isState = (state: string) => test.until(async () => (await test.session(sessionId))?.state === state)
    return { worker, robotId, sessionId, toUser, accept, send, isState }
  }

  it('logs in by a code, and seals what resumes the session', async () => {
    const { sessionId } = await onlineRobot()
    const session = await test.session(sessionId)
    expect(session).toMatchObject({ state: 'online', credentialsSealed: expect.any(String) })
    expect(session?.credentialsSealed).not.toMatch(/token|sid|im\.bot/)
  })

  it('shows for how long the service has not responded to a poll', async () => {
    const { worker } = await onlineRobot()
    await driver.say(test, '还在吗')
    let lastAge = 0
    await test.until(async () => {
      const age = worker.readSyncAges().get(driver.connection) ?? 0
      const isReset = age < lastAge
      lastAge = age
      return isReset
    })
  })

  it('the session is resumed by the next worker without a scan, with the messages of the meantime', async () => {
    const { worker, robotId, sessionId } = await onlineRobot()
    await worker.stop()
    await driver.say(test, '有人吗')
    const next = startWorker()
    await next.wake(robotId)
    await receives(robotId, '有人吗')
    expect(await test.session(sessionId)).toMatchObject({ state: 'online' })
  })

  it('sends texts in the order of acceptance, each once', async () => {
    const { worker, robotId, accept } = await onlineRobot()
    const texts = ['一', '二 <b>&amp;</b>', '三\n👍']
    const ids = []
    for (const text of texts) ids.push(await accept(text))
    void worker.wake(robotId)
    for (const id of ids) expect(await test.reply(id)).toMatchObject({ state: 'sent' })
    expect((await driver.receivedByFriend(test)).map(({ text }) => text)).toEqual(texts)
  })

  it('sends a picture byte for byte', async () => {
    const { send } = await onlineRobot()
    expect(await send(await serveImage(), { type: 'image' })).toMatchObject({ state: 'sent' })
    const picture = (await driver.receivedByFriend(test)).at(-1)
    const response = await fetch(test.simulatorOrigin + picture?.mediaUrl)
    expect(Buffer.from(await response.arrayBuffer())).toEqual(tinyPng)
  })

  const acceptFile = async (robotId: string, toUser: string, bytes: Buffer) => {
    const fileName = '../价格表 2026\u202e.xlsx'
    const file = await readFileUpload({ bytes, fileName }, { publicUrl: 'http://wxbot.test' })
    return test.db.transaction((tx) => acceptMessage(tx, { robotId, toUser, ...file, timeoutMs: 60_000 }))
  }

  const sendsFiles = capabilitiesOf[driver.connection].file
  it.each(sendsFiles ? [600_000] : [])('sends a file of %i bytes, byte for byte and with its name', async (size) => {
    const { worker, robotId, toUser } = await onlineRobot()
    const bytes = Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(size - 4, 7)])
    const { messageId } = await acceptFile(robotId, toUser, bytes)
    void worker.wake(robotId)
    expect(await test.reply(messageId)).toMatchObject({ state: 'sent' })
    const arrived = (await driver.receivedByFriend(test)).at(-1)
    expect(arrived?.fileName ?? arrived?.text).toContain('价格表 2026.xlsx')
    const response = await fetch(test.simulatorOrigin + arrived?.mediaUrl)
    expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true)
  })
  it.each(sendsFiles ? [] : ['PK'])('refuses the file %s before any call', async (content) => {
    const { robotId, toUser } = await onlineRobot()
    const accepting = acceptFile(robotId, toUser, Buffer.from(content))
    await expect(accepting).rejects.toMatchObject({ code: 'ILLEGAL_ACTION' })
  })

  it('stores a received picture, and links to it', async () => {
    const { robotId } = await onlineRobot()
    await driver.sayImage(test, tinyPng)
    await test.until(async () => (await received(robotId)).length === 2)
    expect((await test.messages(robotId)).at(-1)).toMatchObject({
      type: 'image',
      content: expect.stringMatching(/^http:\/\/wxbot\.test\/v1\/media\/med_/),
    })
    const [media] = await test.sql`select bytes, content_type from media where robot_id = ${robotId}`
    expect(media).toMatchObject({ content_type: 'image/png', bytes: tinyPng })
  })

  it('stores each message once, in the order of arrival', async () => {
    const { robotId } = await onlineRobot()
    const texts = Array.from({ length: 20 }, (_, index) => `第 ${index} 条`)
    for (const text of texts) await driver.say(test, text)
    await receives(robotId, texts.at(-1) ?? '')
    expect(await received(robotId)).toEqual(['在吗', ...texts])
  })

  it('stores and announces a message once, however often the service delivers it', async () => {
    const { robotId } = await onlineRobot()
    await test.sql`update applications set callback_url = 'http://dev.test/cb'
      where id = (select application_id from robots where id = ${robotId})`
    for (const text of ['第一条', '第二条']) {
      await driver.say(test, text)
      await receives(robotId, text)
      await driver.redeliver(test)
    }
    await driver.say(test, '第三条')
    await receives(robotId, '第三条')
    expect(await received(robotId)).toEqual(['在吗', '第一条', '第二条', '第三条'])
    const events = await test.sql`
      select data ->> 'content' as content from callback_events where robot_id = ${robotId} order by sequence`
    expect(events.map(({ content }) => content)).toEqual(['第一条', '第二条', '第三条'])
    const [conversation] = await test.sql`select unread_count from conversations where robot_id = ${robotId}`
    expect(conversation).toMatchObject({ unread_count: 4 })
  })

  const { replyWindow } = capabilitiesOf[driver.connection]
  const windows = replyWindow && driver.closeWindow ? [{ ...replyWindow, close: driver.closeWindow }] : []
  describe.each(windows)('with a reply window of $hours hours and $count messages', ({ hours, count, close }) => {
    const isClosed = { code: 'ILLEGAL_ACTION' }
    const reopens = async ({ robotId, send }: Awaited<ReturnType<typeof onlineRobot>>) => {
      await driver.say(test, '还在吗')
      await receives(robotId, '还在吗')
      expect(await send('在的')).toMatchObject({ state: 'sent' })
      expect((await driver.receivedByFriend(test)).at(-1)?.text).toBe('在的')
    }

    it('sends that many messages, also if more are accepted together, and no more until the person writes', async () => {
      const robot = await onlineRobot()
      const texts = Array.from({ length: count }, (_, index) => `第 ${index} 条`)
      const ids = []
      for (const text of [...texts, '多一条']) ids.push(await robot.accept(text))
      void robot.worker.wake(robot.robotId)
      for (const id of ids.slice(0, count)) expect(await test.reply(id)).toMatchObject({ state: 'sent' })
      expect(await test.reply(ids[count]!)).toMatchObject({ state: 'refused', errorCode: isClosed.code })
      await expect(robot.accept('再多一条')).rejects.toMatchObject(isClosed)
      expect((await driver.receivedByFriend(test)).map(({ text }) => text)).toEqual(texts)
      await reopens(robot)
    })

    it('refuses a send after those hours before any call, until the person writes', async () => {
      const robot = await onlineRobot()
      await close(test)
      await test.sql`update messages set created_at = created_at - make_interval(hours => ${hours})
        where robot_id = ${robot.robotId}`
      await expect(robot.accept('太晚了')).rejects.toMatchObject(isClosed)
      expect(await driver.receivedByFriend(test)).toEqual([])
      await reopens(robot)
    })

    it('reports a send as refused if the service has closed the window earlier', async () => {
      const { robotId, worker, accept } = await onlineRobot()
      await close(test)
      const id = await accept('太晚了', { timeoutMs: 3000 })
      void worker.wake(robotId)
      await test.until(async () => (await test.messages(robotId)).find((each) => each.id === id)?.state === 'refused')
      expect(await driver.receivedByFriend(test)).toEqual([])
    })
  })

  it('leaves a send without a response unknown, and never repeats it', async () => {
    const { send } = await onlineRobot()
    await fault({ path: paths.send, kind: 'reset', when: 'after' })
    expect(await send('可能到了')).toMatchObject({ state: 'unknown', errorCode: 'OUTCOME_UNKNOWN' })
    expect(await send('下一条')).toMatchObject({ state: 'sent' })
    expect((await driver.receivedByFriend(test)).map(({ text }) => text)).toEqual(['可能到了', '下一条'])
  })

  it.each(['html', 'cut', 'status'])(
    'survives responses that cannot be read (%s), and reports a send as -1004',
    async (kind) => {
      const { robotId, send, isState } = await onlineRobot()
      await fault({ path: paths.send, kind })
      expect(await send('你好')).toMatchObject({ state: 'refused', errorCode: 'WECHAT_UNREADABLE' })
      await fault({ path: paths.receive, kind, times: 3 })
      await driver.say(test, '还好吗')
      await driver.say(test, '真的吗')
      await receives(robotId, '真的吗')
      await isState('online')
      expect(await send('很好')).toMatchObject({ state: 'sent' })
    },
  )

  it('goes offline at once when its credentials are dead, and refuses what waits with 1102', async () => {
    const { worker, robotId, accept, isState } = await onlineRobot()
    const waiting = await accept('来不及了')
    await driver.end(test)
    await isState('ended')
    await worker.wake(robotId)
    expect(await test.reply(waiting)).toMatchObject({ state: 'refused', errorCode: 'SESSION_GONE' })
  })

  it(`${driver.isRedelivered ? 'loses nothing' : 'loses at most one response, and says so'} when its worker dies between receiving and storing`, async () => {
    const { robotId } = await onlineRobot()
    const { log, lines } = captureLog()
    // The worker waits within its commit, which is then broken off, and its lease has run out before it can try again.
    await test.sql.begin(async (tx) => {
      await tx`select 1 from sessions where robot_id = ${robotId} for update`
      await driver.say(test, '没存下')
      await test.until(async () => (await test.lockWaiters()).length > 0)
      await test.sql`update leases set expires_at = clock_timestamp() - interval '1 hour' where robot_id = ${robotId}`
      for (const pid of await test.lockWaiters()) await test.sql`select pg_terminate_backend(${pid}, 5000)`
    })
    await test.replaceLostConnections()
    const next = startWorker({ log })
    await next.wake(robotId)
    await driver.say(test, '存下了')
    await receives(robotId, '存下了')
    expect(await received(robotId)).toEqual(driver.isRedelivered ? ['在吗', '没存下', '存下了'] : ['在吗', '存下了'])
    expect(lines.filter(({ msg }) => msg.includes('are lost'))).toHaveLength(driver.isRedelivered ? 0 : 1)
  })
})
