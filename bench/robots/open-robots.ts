import { randomBytes } from 'node:crypto'
import { Pool } from 'undici'
import { connectDatabase } from '@/lib/db/client'
import { createLogger } from '@/lib/logger'
import { openQueueBackend } from '@/lib/queue/backend'
import { listenForReplies } from '@/lib/queue/reply'
import { wakeRobot } from '@/lib/queue/wake'
import { requestLogin } from '@/lib/session/request-login'
import { givenRobot } from '@/lib/testing/factories'
import { findFreePort } from '@/scripts/bootstrap/ports.mjs'
import { openTestRobot } from '@/worker/wechat/testing/test-robot'

const waitMs = 120_000
const log = createLogger({ level: 'silent', process: 'bench' })

/** Creates accounts with rooms at the simulator, and robots that log in as these. */
export async function openRobots({ databaseUrl, origin }: { databaseUrl: string; origin: string }) {
  const { db, sql, close } = connectDatabase(databaseUrl, { maxConnections: 20 })
  const queue = await openQueueBackend({ databaseUrl, log })
  const replies = await listenForReplies({ databaseUrl, db, log })
  const simulator = new Pool(origin, { connections: 20 })
  const members: string[] = []
  const roomIds: string[] = []
  let prepared: { wxid: string; robotId: string }[] = []

  async function control<T>(path: string, body: object): Promise<T> {
    const headers = { 'content-type': 'application/json' }
    const response = await simulator.request({
      path: `/sim${path}`,
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    })
    const text = await response.body.text()
    if (response.statusCode >= 300) throw new Error(`${path}: ${response.statusCode} ${text}`)
    return (text ? JSON.parse(text) : null) as T
  }

  async function until(isMet: () => Promise<boolean>): Promise<void> {
    for (const endMs = performance.now() + waitMs; !(await isMet()); await new Promise((done) => setTimeout(done, 50)))
      if (performance.now() > endMs) throw new Error(`not within ${waitMs} ms: ${String(isMet)}`)
  }

  return {
    workerEnv: {
      NODE_ENV: 'test' as const,
      HOST: '127.0.0.1',
      PUBLIC_URL: 'http://wxbot.test',
      WORKER_PORT: String(await findFreePort()),
      DATABASE_URL: databaseUrl,
      WECHAT: 'simulator',
      WECHAT_ORIGIN: origin,
      ENCRYPTION_KEY: `bench:${randomBytes(32).toString('base64')}`,
      AUTH_SECRET: randomBytes(32).toString('hex'),
      LOG_LEVEL: 'silent',
    },
    /** Creates `count` accounts with their rooms and robots. */
    async prepare(count: number, { roomsPerRobot, membersPerRoom }: { roomsPerRobot: number; membersPerRoom: number }) {
      while (members.length < membersPerRoom) {
        const { wxid } = await control<{ wxid: string }>('/accounts', { nickname: `成员 ${members.length}` })
        members.push(wxid)
      }
      prepared = []
      for (let n = 0; n < count; n++) {
        const { wxid } = await control<{ wxid: string }>('/accounts', { nickname: `机器人 ${roomIds.length}` })
        for (let room = 0; room < roomsPerRobot; room++) {
          const name = `群 ${roomIds.length} ${room}`
          const draft = { name, owner: wxid, members: members.slice(0, membersPerRoom - 1), saved: true }
          const { id } = await control<{ id: string }>('/rooms', draft)
          if (room === 0) roomIds.push(id)
        }
        prepared.push({ wxid, robotId: await givenRobot(db) })
      }
    },
    /** Logs the prepared robots in, all at once; returns the milliseconds from each request to its QR code. */
    async logIn(count: number): Promise<number[]> {
      const took = await Promise.all(
        prepared.slice(0, count).map(async ({ wxid, robotId }) => {
          const beganMs = performance.now()
          const login = { robotId, callbackUrl: null, agentId: null }
          const { commandId, sessionId } = await db.transaction((tx) => requestLogin(tx, login))
          await wakeRobot({ db, queue, log }, robotId)
          const reply = commandId && (await replies.wait(commandId, waitMs))
          if (!reply || reply.errorCode) throw new Error(`no QR code: ${reply ? reply.errorCode : 'no reply'}`)
          const tookMs = performance.now() - beganMs
          return { wxid, sessionId, tookMs }
        }),
      )
      for (const { wxid, sessionId } of took) {
        const [session] = await sql`select qr_content from sessions where id = ${sessionId}`
        const code = `/codes/${encodeURIComponent(String(session?.['qr_content']).replace(/^.*\/l\//, ''))}`
        await control(`${code}/scan`, { wxid })
        await control(`${code}/confirm`, { wxid })
      }
      const sessionIds = took.map(({ sessionId }) => sessionId)
      await until(async () => {
        const [row] =
          await sql`select count(*)::int as count from sessions where id in ${sql(sessionIds)} and state = 'online'`
        return row?.['count'] === count
      })
      const robotIds = prepared.slice(0, count).map(({ robotId }) => robotId)
      await until(async () => {
        const [row] =
          await sql`select count(distinct robot_id)::int as count from rooms where robot_id in ${sql(robotIds)}`
        return row?.['count'] === count
      })
      return took.map(({ tookMs }) => tookMs)
    },
    /** Requests as many QR codes at once by the web client alone; returns the milliseconds of each. */
    async requestDirectly(count: number): Promise<number[]> {
      return Promise.all(
        Array.from({ length: count }, async () => {
          const beganMs = performance.now()
          const robot = openTestRobot({ origin })
          await robot.next('qr_code')
          const tookMs = performance.now() - beganMs
          await robot.connection.detach()
          return tookMs
        }),
      )
    },
    /** A member writes event `number` in the first room of a robot, each robot in turn. */
    say(number: number): Promise<unknown> {
      const roomId = roomIds[number % roomIds.length] ?? ''
      const message = { from: members[0], type: 'text', text: `事件 ${number}` }
      return control(`/rooms/${encodeURIComponent(roomId)}/messages`, message)
    },
    /** @throws unless `count` events are stored, each once */
    async untilStored(count: number): Promise<void> {
      const stored = () => sql<{ count: number; distinct: number }[]>`
        select count(*)::int as count, count(distinct content)::int as distinct from messages where content like '事件 %'`
      await until(async () => ((await stored())[0]?.count ?? 0) >= count)
      const [row] = await stored()
      if (row?.count !== count || row.distinct !== count) throw new Error(`${row?.count} events stored of ${count}`)
    },
    async close() {
      await simulator.destroy()
      await replies.close()
      await queue.close()
      await close()
    },
  }
}
