import { randomBytes } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import { messages } from '@/lib/db/schema/message'
import { rooms } from '@/lib/db/schema/room'
import { sessions } from '@/lib/db/schema/session'
import { createEgressPolicy } from '@/lib/egress/create-egress-policy'
import { requestCommand } from '@/lib/command/request-command'
import { createLogger } from '@/lib/logger'
import { acceptMessage, type MessageInput } from '@/lib/message/accept-message'
import { openQueueBackend, type QueueBackend } from '@/lib/queue/backend'
import { listenForReplies, type Replies, type Reply } from '@/lib/queue/reply'
import { wakeRobot } from '@/lib/queue/wake'
import { createSealer } from '@/lib/secret'
import { requestLogin } from '@/lib/session/request-login'
import { givenRobot } from '@/lib/testing/factories'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'
import { startSimulator, type RunningSimulator } from '@/simulator/start-simulator'
import type { QunSettings } from '../sessions/context'
import { Ownership } from '../sessions/ownership'
import { sweep } from '../sessions/sweep'
import { createWechatPort } from '../wechat/open-wechat-port'

const waitMs = 15_000

type Waker = Pick<Ownership, 'wake'>

/** A real database, queue, simulator and any number of workers for the tests of one file; each test has a robot of its own. */
export function useRobots() {
  let database: TestDatabase
  let simulator: RunningSimulator
  let queue: QueueBackend
  let replies: Replies
  let workers: Ownership[] = []
  const log = createLogger({ level: process.env.TEST_LOG ?? 'silent', process: 'test' })

  beforeAll(async () => {
    database = await createTestDatabase()
    queue = await openQueueBackend({ databaseUrl: database.url, log })
    replies = await listenForReplies({ databaseUrl: database.url, db: database.db, log })
  })
  beforeEach(async () => {
    simulator = await startSimulator({ port: 0, dataFile: null, pollHoldMs: 2000 })
  })
  afterEach(async () => {
    await Promise.all(workers.map((worker) => worker.stop()))
    workers = []
    await simulator.stop()
  })
  afterAll(async () => {
    await replies.close()
    await queue.close()
    await database.drop()
  })

  const test = {
    get db() {
      return database.db
    },
    get sql() {
      return database.sql
    },
    get databaseUrl() {
      return database.url
    },
    get simulatorOrigin() {
      return simulator.origin
    },
    /** Rings for whichever worker process has the robot, or will have it. */
    wake: (robotId: string) => wakeRobot({ db: database.db, queue, log }, robotId),
    /** What a worker's housekeeping does every few seconds. */
    sweep: () => sweep({ db: database.db, queue, log }),
    /** Starts one more worker; it acts when it is woken. */
    startWorker({
      wechatOrigin = simulator.origin,
      quns = {},
    }: { wechatOrigin?: string; quns?: Partial<QunSettings> } = {}): Ownership {
      const worker = new Ownership({
        workerId: `wrk_${randomBytes(4).toString('hex')}`,
        db: database.db,
        queue,
        sealer: createSealer([{ id: 'test', key: Buffer.alloc(32, 'k') }]),
        log,
        wechat: createWechatPort({ wechatOrigin }),
        egress: createEgressPolicy({ allow: ['127.0.0.0/8'], ownPorts: [] }),
        publicUrl: 'http://wxbot.test',
        // Nobody beats here: long enough for the slowest test.
        leaseSeconds: 60,
        quns: { directLimit: 40, memberLimit: 500, greeting: '群已建好，欢迎大家。', ...quns },
      })
      workers.push(worker)
      return worker
    },
    givenRobot: (columns: Parameters<typeof givenRobot>[1] = {}) => givenRobot(database.db, columns),
    /** Logs a robot in as this account, and waits until its rooms are stored. */
    async logIn(worker: Waker, robotId: string, wxid: string): Promise<string> {
      const { sessionId } = await test.scan(worker, robotId, wxid)
      await test.until(async () => (await test.session(sessionId))?.state === 'online')
      await test.until(async () => (await test.rooms(robotId)).length > 0)
      return sessionId
    },
    /** Asks for a code, scans it with this account and confirms. */
    async scan(worker: Waker, robotId: string, wxid: string, callbackUrl: string | null = null) {
      const login = { robotId, callbackUrl, agentId: null }
      const attempt = await database.db.transaction((tx) => requestLogin(tx, login))
      await worker.wake(robotId)
      if (attempt.commandId) await test.reply(attempt.commandId)
      const session = await test.session(attempt.sessionId)
      const code = `/codes/${encodeURIComponent(session?.qrContent?.replace(/^.*\/l\//, '') ?? '')}`
      await test.control(`${code}/scan`, { wxid })
      await test.control(`${code}/confirm`, { wxid })
      return attempt
    },
    async command(worker: Waker, robotId: string, type: 'logout' | 'sync_rooms'): Promise<Reply> {
      const { commandId } = await requestCommand(database.db, { robotId, type, timeoutMs: waitMs })
      await worker.wake(robotId)
      return test.reply(commandId)
    },
    /** Accepts a message; answers its id. */
    async accept(input: Pick<MessageInput, 'robotId' | 'toUser' | 'content'> & Partial<MessageInput>): Promise<string> {
      const message = { type: 'text' as const, timeoutMs: waitMs, ...input }
      return (await database.db.transaction((tx) => acceptMessage(tx, message))).messageId
    },
    async reply(id: string): Promise<Reply> {
      const reply = await replies.wait(id, waitMs)
      if (!reply) throw new Error(`no reply to ${id}`)
      return reply
    },
    session: async (id: string) => (await database.db.select().from(sessions).where(eq(sessions.id, id)))[0],
    rooms: (robotId: string) => database.db.select().from(rooms).where(eq(rooms.robotId, robotId)),
    async room(robotId: string, name: string) {
      const room = (await test.rooms(robotId)).find((candidate) => candidate.name === name)
      if (!room) throw new Error(`no room ${name}`)
      return room
    },
    messages: (robotId: string) =>
      database.db.select().from(messages).where(eq(messages.robotId, robotId)).orderBy(messages.sequence),
    /** Looks again and again until it is so. @throws after 15 s, unless told */
    async until(isSo: () => Promise<boolean>, withinMs = waitMs): Promise<void> {
      const deadline = Date.now() + withinMs
      while (!(await isSo())) {
        if (Date.now() > deadline) throw new Error(`not so within ${withinMs} ms: ${String(isSo)}`)
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
    },
    /** The simulator's room of this name. */
    async simulatedRoom(name: string): Promise<{ id: string; texts(): Promise<(string | null)[]> }> {
      const found = Object.values(simulator.world.data.rooms).find((room) => room.name === name)
      if (!found) throw new Error(`no simulated room ${name}`)
      const texts = async () => {
        const { messages: said } = await test.control(`/rooms/${encodeURIComponent(found.id)}/messages`)
        return (said as { text: string | null }[]).map((message) => message.text)
      }
      return { id: found.id, texts }
    },
    /** Calls the simulator's control API. */
    async control(path: string, body?: unknown, method = body === undefined ? 'GET' : 'POST') {
      const response = await fetch(`${simulator.origin}/sim${path}`, {
        method,
        headers: { 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
      return response.json().catch(() => null)
    },
  }
  return test
}
