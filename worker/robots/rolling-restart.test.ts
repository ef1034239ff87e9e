import { loadavg } from 'node:os'
import { afterEach, expect, it } from 'vitest'
import { sleep } from '@/lib/retry'
import { startWorkerProcess, type WorkerProcess } from '@/worker/testing/start-worker-process'
import { useRobots } from '@/worker/testing/use-robots'
import { listOwners, maxGapMs, watchGaps } from '@/worker/testing/watch-owners'

const test = useRobots()
const robotCount = 4
const talker = 'wxid_wangfang0101'

const workers: (WorkerProcess & { id: string })[] = []
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.kill()))
  await test.sql`update sessions set state = 'ended'`
})

async function startWorker() {
  const settings = { DATABASE_URL: test.databaseUrl, WECHAT: 'simulator', WECHAT_ORIGIN: test.simulatorOrigin }
  const started = await startWorkerProcess(settings)
  const known = workers.map(({ id }) => id)
  const ids = (await test.sql<{ id: string }[]>`select id from workers`).map(({ id }) => id)
  const worker = { ...started, id: ids.find((id) => !known.includes(id)) ?? '' }
  workers.push(worker)
  return worker
}

it('G3, G6: two workers are replaced one after the other under load, and no robot waits long or loses a message', async () => {
  const first = await startWorker()
  const robots: { robotId: string; name: string; roomId: string }[] = []
  for (let n = 0; n < robotCount; n++) {
    const name = `滚动 ${n}`
    const { wxid } = await test.control('/accounts', { nickname: `机器人 ${n}` })
    await test.control('/rooms', { owner: wxid, name, members: [talker, 'wxid_liwei0000102'] })
    const robotId = await test.givenRobot()
    await test.logIn(test, robotId, wxid)
    robots.push({ robotId, name, roomId: (await test.simulatedRoom(name)).id })
  }
  const second = await startWorker()

  const incoming: string[][] = robots.map(() => [])
  const sent: string[][] = robots.map(() => [])
  let isLoading = true
  const loads = robots.map(async ({ robotId, name, roomId }, index) => {
    const toUser = (await test.room(robotId, name)).id
    for (let number = 0; isLoading; number++) {
      incoming[index]!.push(`听 ${number}`)
      await test.control(`/rooms/${encodeURIComponent(roomId)}/messages`, {
        from: talker,
        type: 'text',
        text: `听 ${number}`,
      })
      sent[index]!.push(`说 ${number}`)
      await test.accept({ robotId, toUser, content: `说 ${number}`, timeoutMs: 120_000 })
      await test.wake(robotId)
      await sleep(100)
    }
  })
  const robotIds = robots.map(({ robotId }) => robotId)
  const stopWatching = watchGaps(test.sql, robotIds)

  for (const old of [first, second]) {
    await startWorker()
    old.terminate()
    await test.until(async () => {
      const owners = await listOwners(test.sql)
      return robotIds.every((robotId) => owners.has(robotId) && owners.get(robotId) !== old.id)
    }, 60_000)
  }
  isLoading = false
  await Promise.all(loads)

  for (const [index, { robotId, name }] of robots.entries()) {
    const contents = async (direction: 'in' | 'out', state: string) =>
      (await test.messages(robotId))
        .filter((message) => message.direction === direction && message.state === state)
        .map(({ content }) => content)
    await test.until(async () => (await contents('out', 'sent')).length >= sent[index]!.length, 60_000)
    await test.until(async () => (await contents('in', 'received')).length >= incoming[index]!.length, 60_000)
    expect(await contents('out', 'sent')).toEqual(sent[index])
    expect(await contents('in', 'received')).toEqual(incoming[index])
    const texts = await (await test.simulatedRoom(name)).texts()
    expect(texts.filter((text) => text?.startsWith('说'))).toEqual(sent[index])
  }
  const longestGapMs = await stopWatching()
  console.log(`longest time without an owner: ${Math.round(longestGapMs)} ms, load ${loadavg()[0]?.toFixed(1)}`)
  expect(longestGapMs).toBeLessThan(maxGapMs())
}, 400_000)
