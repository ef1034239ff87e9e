import { loadavg } from 'node:os'
import { join } from 'node:path'
import { rmSync } from 'node:fs'
import { afterAll, afterEach, expect, it } from 'vitest'
import { createApplication } from '@/lib/application/create-application'
import { migrateDatabase } from '@/lib/db/migrate-database'
import { sleep } from '@/lib/retry'
import { openTestEndpoint } from '@/worker/delivery/test-endpoint'
import { checkOutPrevious } from '@/worker/testing/check-out-previous'
import { startWorkerProcess, type WorkerProcess } from '@/worker/testing/start-worker-process'
import { testSealer, useRobots } from '@/worker/testing/use-robots'
import { listOwners, watchGaps } from '@/worker/testing/watch-owners'

const previous = checkOutPrevious()
const test = useRobots(previous ? { migrationsFolder: join(previous, 'drizzle') } : {})
const robotCount = 2
const talker = 'wxid_wangfang0101'

const workers: WorkerProcess[] = []
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.kill()))
})
afterAll(() => {
  if (previous) rmSync(previous, { recursive: true })
})

type Release = 'previous' | 'current'

function startTwo(release: Release): Promise<WorkerProcess[]> {
  const settings = {
    DATABASE_URL: test.databaseUrl,
    WECHAT: 'simulator',
    WECHAT_ORIGIN: test.simulatorOrigin,
    EGRESS_ALLOW: '127.0.0.0/8',
  }
  const start = async () => {
    const worker = await startWorkerProcess(settings, release === 'previous' && previous ? { root: previous } : {})
    workers.push(worker)
    return worker
  }
  return Promise.all([start(), start()])
}

async function givenRobots(callbackUrl: string) {
  const options = {
    sealer: testSealer,
    name: '升级',
    callbackUrl,
    eventTypes: ['message_sent' as const, 'send_message' as const],
  }
  const { applicationId } = await test.db.transaction((tx) => createApplication(tx, options))
  const robots = []
  for (let n = 0; n < robotCount; n++) {
    const name = `升级 ${n}`
    const { wxid } = await test.control('/accounts', { nickname: `机器人 ${n}` })
    await test.control('/rooms', { owner: wxid, name, members: [talker, 'wxid_liwei0000102'] })
    const robotId = await test.givenRobot({ applicationId })
    await test.logIn(test, robotId, wxid)
    const roomId = (await test.simulatedRoom(name)).id
    robots.push({
      robotId,
      name,
      roomId,
      toUser: (await test.room(robotId, name)).id,
      heard: [] as string[],
      said: [] as string[],
    })
  }
  return robots
}

/** Starts two workers of `release`, stops the old ones one after the other, and waits until each robot has an owner. */
async function replace(old: readonly WorkerProcess[], release: Release, robotIds: string[]): Promise<WorkerProcess[]> {
  const started = await startTwo(release)
  for (const worker of old) {
    worker.terminate()
    await worker.exited
    await test.until(async () => {
      const owners = await listOwners(test.sql)
      return robotIds.every((robotId) => owners.has(robotId))
    }, 60_000)
  }
  return started
}

it('G1, G3, G4: workers of the previous release go on after the migration, are replaced and come back, and nothing is lost', async () => {
  const endpoint = await openTestEndpoint()
  const old = await startTwo('previous')
  const robots = await givenRobots(endpoint.url)
  const robotIds = robots.map(({ robotId }) => robotId)
  let isLoading = true
  let isMigrated = false
  const loads = robots.map(async ({ robotId, roomId, toUser, heard, said }) => {
    for (let number = 0; isLoading; number++) {
      heard.push(`听 ${number}`)
      const message = { from: talker, type: 'text', text: `听 ${number}` }
      await test.control(`/rooms/${encodeURIComponent(roomId)}/messages`, message)
      // The current code accepts messages only on its own schema.
      if (isMigrated) {
        said.push(`说 ${number}`)
        await test.accept({ robotId, toUser, content: `说 ${number}`, timeoutMs: 120_000 })
        await test.wake(robotId)
      }
      await sleep(400)
    }
  })
  // A failure of the load is reported at its end, not as an unhandled one.
  const loading = Promise.allSettled(loads)
  const stopWatching = watchGaps(test.sql, robotIds)

  await test.until(async () => endpoint.received.length >= robotCount)
  await migrateDatabase(test.databaseUrl)
  isMigrated = true
  const sentBy = async (count: number) =>
    test.until(async () => {
      const [row] = await test.sql`select count(*)::int as count from messages where state = 'sent'`
      return Number(row?.['count']) >= count
    }, 60_000)
  await sentBy(robotCount * 2)
  const current = await replace(old, 'current', robotIds)
  const rolledBack = await replace(current, 'previous', robotIds)
  await replace(rolledBack, 'current', robotIds)
  isLoading = false
  expect((await loading).filter(({ status }) => status === 'rejected')).toEqual([])

  for (const { robotId, name, heard, said } of robots) {
    const contents = async (state: string) =>
      (await test.messages(robotId)).filter((message) => message.state === state).map(({ content }) => content)
    await test.until(async () => (await contents('sent')).length >= said.length, 60_000)
    await test.until(async () => (await contents('received')).length >= heard.length, 60_000)
    expect(await contents('sent')).toEqual(said)
    expect(await contents('received')).toEqual(heard)
    const texts = await (await test.simulatedRoom(name)).texts()
    expect(texts.filter((text) => text?.startsWith('说'))).toEqual(said)
  }
  const isDone = async () => {
    const [row] = await test.sql`select count(*)::int as count from callback_events where state <> 'delivered'`
    return row?.['count'] === 0
  }
  await test.until(isDone, 60_000)
  const delivered = new Set(endpoint.received.map(({ headers }) => headers['webhook-id']))
  const events = await test.sql<{ id: string }[]>`select id from callback_events`
  expect(events.length).toBe(robots.reduce((sum, { heard, said }) => sum + heard.length + said.length, 0))
  expect(events.filter(({ id }) => !delivered.has(id))).toEqual([])
  const longestGapMs = await stopWatching()
  console.log(
    `${previous ? 'upgrade, rollback, upgrade' : 'no git history: three restarts'}, ${events.length} events, load ${loadavg()[0]?.toFixed(1)}: longest time without an owner ${Math.round(longestGapMs)} ms`,
  )
  endpoint.close()
}, 600_000)
