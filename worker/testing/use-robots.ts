import { randomBytes } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import { messages } from '@/lib/db/schema/message'
import { rooms } from '@/lib/db/schema/room'
import { sessions } from '@/lib/db/schema/session'
import { createEgressPolicy } from '@/lib/egress/create-egress-policy'
import { requestCommand } from '@/lib/command/request-command'
import { newConnector } from '@/lib/connector/connector-types'
import { createConnector } from '@/lib/connector/create-connector'
import { createLogger, type Logger } from '@/lib/logger'
import { acceptMessage, type MessageInput } from '@/lib/message/accept-message'
import { openQueueBackend, type QueueBackend } from '@/lib/queue/backend'
import { listenForReplies, type Replies, type Reply } from '@/lib/queue/reply'
import { wakeRobot } from '@/lib/queue/wake'
import { sleep } from '@/lib/retry'
import { createSealer } from '@/lib/secret'
import { requestLogin } from '@/lib/session/request-login'
import { givenRobot } from '@/lib/testing/factories'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'
import { startSimulator, type RunningSimulator } from '@/simulator/start-simulator'
import { createRobotPool } from '@/worker/create-robot-pool'
import type { GroupSettings } from '@/worker/groups/assistant'
import type { RobotPool } from '@/worker/robots/robot-pool'
import { sweep } from '@/worker/robots/sweep'
import type { GatewayTimes } from '@/worker/gateway/session/gateway-session'
import type { IlinkTimes } from '@/worker/ilink/session/ilink-session'
import type { WecomTimes } from '@/worker/wecom/session/kf-session'
import { type GatewayWeb, serveGatewayWeb } from '@/worker/testing/serve-gateway-web'
import { openPorts } from '@/worker/open-ports'

/** Maximum wait, longer than a busy machine needs; a test that passes never waits this long. */
const maxWaitMs = 30_000
const testPublicUrl = 'http://wxbot.test'

/** Seals what the workers of a test store; worker processes have the same key. */
export const testSealer = createSealer([{ id: 'test', key: Buffer.from('0123456789abcdef0123456789abcdef') }])

/** Wakes a robot at its owner, or makes a worker claim it. */
export type Waker = Pick<RobotPool, 'wake'>

/**
 * Provides the tests of one file with a real database, queue and simulator, any number of workers, and robots. With
 * `migrationsFolder` the database has only the migrations of that folder.
 */
export function useRobots(options: { migrationsFolder?: string } = {}) {
  let database: TestDatabase
  let simulator: RunningSimulator
  let queue: QueueBackend
  let replies: Replies
  let workers: RobotPool[] = []
  let gatewayWeb: GatewayWeb
  const log = createLogger({ level: process.env.TEST_LOG ?? 'silent', process: 'test' })

  beforeAll(async () => {
    database = await createTestDatabase(options)
    queue = await openQueueBackend({ databaseUrl: database.url, log })
    replies = await listenForReplies({ databaseUrl: database.url, db: database.db, log })
  })
  beforeEach(async () => {
    simulator = await startSimulator({ port: 0, dataFile: null, pollHoldMs: 2000 })
    gatewayWeb = await serveGatewayWeb({ db: database.db })
  })
  afterEach(async () => {
    await Promise.all(workers.map((worker) => worker.stop()))
    workers = []
    await simulator.stop()
    await gatewayWeb.close()
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
    /** Replaces what is called with the wakes of each commit. */
    onCommit: (listener: Parameters<TestDatabase['onCommit']>[0]) => database.onCommit(listener),
    get databaseUrl() {
      return database.url
    },
    /** Origin of what a web process serves to a gateway. */
    get gatewayWebOrigin() {
      return gatewayWeb.origin
    },
    get simulatorOrigin() {
      return simulator.origin
    },
    /** Wakes the robot at its owner, or at the worker that claims it. */
    wake: (robotId: string) => wakeRobot({ db: database.db, queue, log }, robotId),
    /** Runs the sweep that a worker runs every few seconds. */
    sweep: () => sweep({ db: database.db, queue, log }),
    /** Starts a worker, which acts when it is woken. */
    startWorker({
      wechatOrigin = simulator.origin,
      groups = {},
      log: workerLog = log,
      ilinkTimes,
      wecomTimes,
      gatewayTimes,
    }: {
      wechatOrigin?: string
      ilinkTimes?: IlinkTimes
      wecomTimes?: Partial<WecomTimes>
      gatewayTimes?: GatewayTimes
      groups?: Partial<GroupSettings>
      log?: Logger
    } = {}): RobotPool {
      const egress = createEgressPolicy({ allow: ['127.0.0.0/8'], ownPorts: [] })
      const worker = createRobotPool({
        workerId: `wrk_${randomBytes(4).toString('hex')}`,
        db: database.db,
        queue,
        sealer: testSealer,
        log: workerLog,
        ports: openPorts({
          db: database.db,
          sealer: testSealer,
          publicUrl: gatewayWeb.origin,
          gatewayEgress: egress,
          wechatOrigin,
          ilinkOrigin: wechatOrigin,
          ilinkTimes,
          wecomOrigin: wechatOrigin,
          wecomTimes,
          gatewayTimes,
        }),
        egress,
        publicUrl: testPublicUrl,
        // No heartbeat renews leases here, so they outlast the slowest test.
        leaseSeconds: 60,
        maxMediaBytes: 0,
        groups: { directLimit: 40, memberLimit: 500, greeting: '群已建好，欢迎大家。', ...groups },
      })
      workers.push(worker)
      return worker
    },
    /** Adds a gateway robot on a connector to the simulator. */
    async givenGatewayRobot(columns: Parameters<typeof givenRobot>[1] = {}): Promise<string> {
      const connector = newConnector.parse({
        type: 'gateway',
        name: `网关 ${randomBytes(4).toString('hex')}`,
        settings: { baseUrl: simulator.origin },
        secrets: { token: `sim-${randomBytes(4).toString('hex')}` },
        isRiskAccepted: true,
      })
      const { connectorId } = await database.db.transaction((tx) =>
        createConnector(tx, { sealer: testSealer, connector, applicationIds: [] }),
      )
      return givenRobot(database.db, { connection: 'gateway', connectorId, ...columns })
    },
    givenRobot: (columns: Parameters<typeof givenRobot>[1] = {}) => givenRobot(database.db, columns),
    /** Logs a robot in with this account and waits until its rooms are stored. */
    async logIn(worker: Waker, robotId: string, wxid: string): Promise<string> {
      const { sessionId } = await test.scan(worker, robotId, wxid)
      await test.until(async () => (await test.session(sessionId))?.state === 'online')
      await test.until(async () => (await test.rooms(robotId)).length > 0)
      return sessionId
    },
    /** Requests a QR code, scans it with this account and confirms. */
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
      const { commandId } = await database.db.transaction((tx) =>
        requestCommand(tx, { robotId, type, timeoutMs: maxWaitMs }),
      )
      await worker.wake(robotId)
      return test.reply(commandId)
    },
    /** Accepts a message; returns its id. */
    async accept(input: Pick<MessageInput, 'robotId' | 'toUser' | 'content'> & Partial<MessageInput>): Promise<string> {
      const message = { type: 'text' as const, timeoutMs: maxWaitMs, ...input }
      return (await database.db.transaction((tx) => acceptMessage(tx, message))).messageId
    },
    async reply(id: string): Promise<Reply> {
      const reply = await replies.wait(id, maxWaitMs)
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
    /** Polls until the condition holds. @throws after `withinMs` */
    async until(condition: () => Promise<boolean>, withinMs = maxWaitMs): Promise<void> {
      const deadline = Date.now() + withinMs
      while (!(await condition())) {
        if (Date.now() > deadline) throw new Error(`condition not met within ${withinMs} ms: ${String(condition)}`)
        await sleep(20)
      }
    },
    /** Returns the Postgres processes that wait for a lock in this database: tests that run at the same time share the server. */
    lockWaiters: async (): Promise<number[]> =>
      (
        await database.sql<{ pid: number }[]>`select pid from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock'`
      ).map(({ pid }) => pid),
    /** Resolves when the connections that this process's pool has lost are replaced: it notices each only by a query on it. */
    async replaceLostConnections(): Promise<void> {
      const pings = Array.from({ length: database.sql.options.max }, () => database.sql`select 1`)
      await Promise.allSettled(pings)
    },
    /** Returns the simulator's room of this name. */
    async simulatedRoom(name: string): Promise<{ id: string; texts(): Promise<(string | null)[]> }> {
      const found = Object.values(simulator.world.data.rooms).find((room) => room.name === name)
      if (!found) throw new Error(`no simulated room ${name}`)
      const texts = async () => {
        const { messages: shown } = await test.control(`/rooms/${encodeURIComponent(found.id)}/messages`)
        return (shown as { text: string | null }[]).map((message) => message.text)
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
