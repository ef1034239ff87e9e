import { afterEach, expect, it } from 'vitest'
import { startKfSessions } from '@/lib/wecom/start-sessions'
import { connectCompany } from '@/worker/testing/conformance-drivers'
import { serveWecomCallbacks } from '@/worker/testing/serve-wecom-callbacks'
import { useRobots } from '@/worker/testing/use-robots'

const test = useRobots()
const closes: Array<() => unknown> = []
afterEach(async () => void (await Promise.all(closes.splice(0).map((close) => close()))))

it('about 1,000 callbacks, repeated, reordered and one in ten lost, leave every message stored once and in order', async () => {
  const wecomTimes = { pollMs: 3_000, retryMs: 100, outageMs: 300 }
  const workers = [test.startWorker({ wecomTimes }), test.startWorker({ wecomTimes })]
  const { connectorId, callbackKey } = await connectCompany(test)
  const accounts: string[] = await Promise.all(
    Array.from({ length: 5 }, async (_, index) => {
      const { openKfId } = await test.control('/wecom/accounts', { name: `客服 ${index}` })
      return openKfId as string
    }),
  )
  const robots = await Promise.all(
    accounts.map((username) => test.givenRobot({ connection: 'wecom_kf', connectorId, username })),
  )
  await test.db.transaction((tx) => startKfSessions(tx))
  const ownerOf = (robotId: string) => workers[robots.indexOf(robotId) % 2]
  test.onCommit(({ robotIds }) => {
    for (const id of robotIds) void ownerOf(id)?.wake(id)
  })
  closes.push(() => test.onCommit(() => {}))
  for (const id of robots) void ownerOf(id)?.wake(id)
  const count = async (where: string) => Number((await test.sql.unsafe(`select count(*) from ${where}`))[0]?.['count'])
  await test.until(async () => (await count(`sessions where state = 'online'`)) === robots.length)
  closes.push((await serveWecomCallbacks(test, { callbackKey })).close)
  await test.control('/wecom/settings', { callbackFaults: { lossRate: 0.1, repeats: 1, maxDelayMs: 300 } })

  const texts = Array.from({ length: 100 }, (_, index) => `第 ${index} 条`)
  for (const content of texts)
    await Promise.all(
      accounts.map((account) =>
        test.control(`/wecom/accounts/${account}/people/wxid_liwei0000102/messages`, { type: 'text', text: content }),
      ),
    )
  await test.until(async () => (await count(`messages where direction = 'in'`)) >= 500, 60_000)
  for (const robotId of robots) expect((await test.messages(robotId)).map(({ content }) => content)).toEqual(texts)
  const { callbackCounts } = await test.control('/wecom/state')
  expect(callbackCounts.lost).toBeGreaterThan(0)
  expect(await count('wecom_callbacks')).toBeGreaterThan(0)
  expect((await test.control('/calls?path=/gettoken')).calls).toHaveLength(1)
}, 120_000)
