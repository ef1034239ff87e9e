import { afterEach, beforeAll, expect, it } from 'vitest'
import { openCutProxy } from '@/worker/testing/open-cut-proxy'
import { startWorkerProcess, type WorkerProcess } from '@/worker/testing/start-worker-process'
import { useRobots } from '@/worker/testing/use-robots'

const test = useRobots()
const account = 'wxid_weimi000001'
const roomName = '云商城售后群 100086'
const stops: Array<() => Promise<unknown>> = []
afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()))
  // No later worker may resume the sessions of killed workers.
  await test.sql`update sessions set state = 'ended'`
})

/** The tables that a robot's owner writes; a trigger records each write with its robot and worker. */
const owned = ['sessions', 'commands', 'messages', 'rooms', 'callback_events', 'leases']
beforeAll(async () => {
  await test.sql`create table writes (writer text default current_setting('application_name'), robot_id text)`
  await test.sql.unsafe(`create function note_write() returns trigger language plpgsql as
    $$ begin insert into writes (robot_id) values (new.robot_id); return null; end $$`)
  for (const table of owned)
    await test.sql.unsafe(`create trigger note_write after insert or update on ${table}
      for each row execute function note_write()`)
})
const writesOf = async (writer: string, robotId: string) =>
  (await test.sql`select 1 from writes where writer = ${writer} and robot_id = ${robotId}`).length

async function startWorker(name: string, wechatOrigin: string): Promise<WorkerProcess> {
  const url = new URL(test.databaseUrl)
  url.searchParams.set('application_name', name)
  const worker = await startWorkerProcess({
    DATABASE_URL: url.href,
    WECHAT: 'simulator',
    WECHAT_ORIGIN: wechatOrigin,
    // A busy machine must not let the next owner lose its lease, which the thawed worker might then claim.
    LEASE_SECONDS: '8',
  })
  stops.push(() => worker.kill())
  return worker
}

/** Starts a robot that is online at one worker process, and a second process on standby. */
async function givenTwoWorkers() {
  const proxy = await openCutProxy(test.simulatorOrigin)
  stops.push(() => proxy.cut())
  const frozen = await startWorker('frozen', proxy.origin)
  const robotId = await test.givenRobot()
  await test.logIn(test, robotId, account)
  const room = await test.room(robotId, roomName)
  const simulated = await test.simulatedRoom(roomName)
  await startWorker('next', test.simulatorOrigin)
  const lease = async () => (await test.sql`select worker_id, epoch from leases where robot_id = ${robotId}`)[0]
  const before = await lease()
  const owner = before?.worker_id
  return {
    robotId,
    frozen,
    simulated,
    proxy,
    accept: (content: string) => test.accept({ robotId, toUser: room.id, content, timeoutMs: 60_000 }),
    isTakenOver: () => test.until(async () => Number((await lease())?.epoch) > Number(before?.epoch), 60_000),
    /** Waits until the thawed worker sends heartbeats and has dropped the robot. */
    isLetGo: () =>
      test.until(
        async () =>
          (
            await test.sql`select 1 from workers where id = ${owner} and robot_count = 0
            and heartbeat_at > clock_timestamp() - interval '2 seconds'`
          ).length === 1,
      ),
  }
}

it('G6: a worker frozen past its lease during a send writes and sends nothing more; the next owner continues', async () => {
  const { robotId, frozen, simulated, proxy, accept, isTakenOver, isLetGo } = await givenTwoWorkers()
  const hold = await test.control('/faults', { path: 'webwxsendmsg', kind: 'hold', when: 'after' })
  const ids = [await accept('已到微信'), await accept('排队一'), await accept('排队二')] as const
  await test.wake(robotId)
  await test.until(async () => (await test.control('/faults')).faults[0]?.held === 1)

  frozen.freeze()
  const requests = proxy.requestCount()
  await test.control(`/faults/${hold.id}/release`, {})
  await test.control(`/rooms/${simulated.id}/messages`, { from: 'wxid_wangfang0101', type: 'text', text: '有人吗' })
  await isTakenOver()
  expect(await test.reply(ids[0])).toMatchObject({ state: 'unknown' })
  for (const id of ids.slice(1)) expect(await test.reply(id)).toMatchObject({ state: 'sent' })
  await test.until(async () => (await test.messages(robotId)).some(({ content }) => content === '有人吗'))
  const writes = await writesOf('frozen', robotId)
  expect(writes).toBeGreaterThan(0)

  frozen.thaw()
  await isLetGo()
  expect(await test.reply(await accept('之后'))).toMatchObject({ state: 'sent' })
  expect(await writesOf('frozen', robotId)).toBe(writes)
  // At most the one call that had already passed its lease check.
  expect(proxy.requestCount() - requests).toBeLessThanOrEqual(1)
  const texts = ['已到微信', '有人吗', '排队一', '排队二', '之后']
  expect((await simulated.texts()).filter((text) => texts.includes(text ?? ''))).toEqual(texts)
  expect((await test.control('/calls?path=webwxsendmsg')).calls).toHaveLength(4)
  const stored = await test.messages(robotId)
  expect(stored.filter(({ content }) => content === '有人吗')).toHaveLength(1)
  expect(stored.find(({ id }) => id === ids[0])).toMatchObject({ state: 'unknown' })
}, 90_000)

it('G6: the locks of a worker frozen in a transaction do not block the next owner', async () => {
  const { robotId, frozen, simulated, accept, isTakenOver, isLetGo } = await givenTwoWorkers()
  const hold = await test.control('/faults', { path: 'webwxsendmsg', kind: 'hold', when: 'after' })
  const id = await accept('写到一半')
  await test.wake(robotId)
  await test.until(async () => (await test.control('/faults')).faults[0]?.held === 1)
  // The worker holds its lease's lock and is frozen while it waits for this row's lock.
  await test.sql.begin(async (tx) => {
    await tx`select 1 from messages where id = ${id} for update`
    await test.control(`/faults/${hold.id}/release`, {})
    await test.until(
      async () =>
        (
          await test.sql`select 1 from pg_stat_activity
          where application_name = 'frozen' and wait_event_type = 'Lock'`
        ).length === 1,
    )
    frozen.freeze()
  })
  await isTakenOver()
  expect(await test.reply(id)).toMatchObject({ state: 'unknown' })
  const writes = await writesOf('frozen', robotId)
  frozen.thaw()
  await isLetGo()
  expect(await test.reply(await accept('之后'))).toMatchObject({ state: 'sent' })
  expect(await writesOf('frozen', robotId)).toBe(writes)
  expect((await simulated.texts()).filter((text) => text === '写到一半')).toHaveLength(1)
  expect((await test.messages(robotId))[0]).toMatchObject({ state: 'unknown' })
}, 90_000)
