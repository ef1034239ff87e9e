import { describe, expect, it } from 'vitest'
import { acquireLease } from '@/lib/session/lease'
import type { RobotPool } from '@/worker/robots/robot-pool'
import { useRobots } from '@/worker/testing/use-robots'

const test = useRobots()
const account = 'wxid_weimi000001'
const friend = 'wxid_wangfang0101'
const roomName = '云商城售后群 100086'

async function onlineRobot(worker: RobotPool) {
  const robotId = await test.givenRobot()
  const sessionId = await test.logIn(worker, robotId, account)
  return { robotId, sessionId, room: await test.room(robotId, roomName) }
}
const expireLease = (robotId: string) =>
  test.sql`update leases set expires_at = clock_timestamp() - interval '1 second' where robot_id = ${robotId}`
const say = async (text: string) => {
  const { id } = await test.simulatedRoom(roomName)
  await test.control(`/rooms/${id}/messages`, { from: friend, type: 'text', text })
}
const waitingRenewals = async () => {
  const waiting = await test.sql`select 1 from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock' and query ilike 'update "leases"%'`
  return waiting.length
}
const calls = async (path: string): Promise<number> => (await test.control(`/calls?path=${path}`)).calls.length

describe('a worker', () => {
  it('a worker that stops logs no account out; the next one resumes without a scan and misses no message', async () => {
    const first = test.startWorker()
    const { robotId, sessionId, room } = await onlineRobot(first)
    await first.stop()
    await say('没有人值班时的消息')
    const second = test.startWorker()
    await second.wake(robotId)
    await test.until(async () => (await test.messages(robotId)).length === 1)
    expect(await test.messages(robotId)).toMatchObject([{ content: '没有人值班时的消息', roomId: room.id }])
    expect(await test.session(sessionId)).toMatchObject({ state: 'online' })
    expect(await calls('webwxlogout')).toBe(0)
    expect(await calls('jslogin')).toBe(1)
  })

  it('G6: a worker that lost a lease writes nothing more and drops the robot', async () => {
    const frozen = test.startWorker()
    const { robotId } = await onlineRobot(frozen)
    await expireLease(robotId)
    const next = test.startWorker()
    await next.wake(robotId)
    await frozen.heartbeat()
    await say('只存一次')
    await test.until(async () => (await test.messages(robotId)).length > 0)
    expect(await test.messages(robotId)).toHaveLength(1)
    const [lease] = await test.sql`select epoch from leases where robot_id = ${robotId}`
    expect(Number(lease?.epoch)).toBe(2)
  })

  it('G1: killed before WeChat responds leaves the message unknown; the next owner never resends it', async () => {
    const killed = test.startWorker()
    const { robotId, room } = await onlineRobot(killed)
    await test.control('/faults', { path: 'webwxsendmsg', kind: 'hang', when: 'after' })
    const messageId = await test.accept({ robotId, toUser: room.id, content: '只发一次' })
    void killed.wake(robotId)
    await test.until(
      async () => (await test.messages(robotId))[0]?.state === 'sending' && (await calls('webwxsendmsg')) > 0,
    )
    await expireLease(robotId)
    const next = test.startWorker()
    await next.wake(robotId)
    expect(await test.reply(messageId)).toMatchObject({ state: 'unknown' })
    await test.control('/faults', undefined, 'DELETE')
    const { texts } = await test.simulatedRoom(roomName)
    expect((await texts()).filter((text) => text === '只发一次')).toHaveLength(1)
    expect((await test.messages(robotId))[0]).toMatchObject({ state: 'unknown' })
  })

  it('a worker that is woken for a robot of another worker passes the wake on and claims nothing', async () => {
    const owner = test.startWorker()
    const { robotId } = await onlineRobot(owner)
    await test.startWorker().wake(robotId)
    const [lease] = await test.sql`select epoch from leases where robot_id = ${robotId}`
    expect(Number(lease?.epoch)).toBe(1)
  })

  it('G6: keeps a robot that it claims while it renews its leases', async () => {
    const worker = test.startWorker()
    const { robotId: owned } = await onlineRobot(worker)
    const claimed = await test.givenRobot()
    const beat = await test.sql.begin(async (tx) => {
      await tx`select 1 from leases where robot_id = ${owned} for update`
      const renewal = worker.heartbeat()
      await test.until(async () => (await waitingRenewals()) > 0)
      await worker.wake(claimed)
      return { renewal }
    })
    await beat.renewal
    expect(worker.robotCount).toBe(2)
  })

  it('G6: lets a lease expire whose robot it does not run, so that the robot gets an owner again', async () => {
    const worker = test.startWorker()
    const { robotId: owned } = await onlineRobot(worker)
    const [{ workerId } = { workerId: '' }] = await test.sql<{ workerId: string }[]>`
      select worker_id as "workerId" from leases where robot_id = ${owned}`
    const orphan = await test.givenRobot()
    await acquireLease(test.db, { robotId: orphan, workerId, ttlSeconds: 1 })
    await worker.heartbeat()
    await test.until(async () => {
      await worker.wake(orphan)
      return worker.robotCount === 2
    })
  })

  it('releases an idle robot', async () => {
    const worker = test.startWorker()
    const { robotId } = await onlineRobot(worker)
    await worker.releaseIdle()
    expect(await test.sql`select 1 from leases where robot_id = ${robotId} and worker_id is not null`).toHaveLength(1)
    await test.command(worker, robotId, 'logout')
    await worker.releaseIdle()
    expect(await test.sql`select 1 from leases where robot_id = ${robotId} and worker_id is not null`).toHaveLength(0)
  })
})
