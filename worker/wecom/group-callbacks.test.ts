import { sql } from 'drizzle-orm'
import { afterEach, expect, it } from 'vitest'
import { lendConnector } from '@/lib/connector/lend-connector'
import { updateConnector } from '@/lib/connector/update-connector'
import { createQun } from '@/lib/qun/create-qun'
import { getAssistantOrThrow } from '@/lib/robot/get-assistant'
import { givenApplication } from '@/lib/testing/factories'
import { startKfSessions } from '@/lib/wecom/start-sessions'
import { connectCompany } from '@/worker/testing/conformance-drivers'
import { serveWecomCallbacks } from '@/worker/testing/serve-wecom-callbacks'
import { testSealer, useRobots } from '@/worker/testing/use-robots'

/** Changes of groups; `WECOM_CHANGES=1000 npx vitest run worker/wecom/group-callbacks` prints the delays as well. */
const changeCount = Number(process.env['WECOM_CHANGES'] ?? 1000)
const groupCount = 5
const peopleCount = 20

type Group = { chatId: string; members: { userid: string; type: number }[] }

const test = useRobots()
const closes: Array<() => unknown> = []
afterEach(async () => void (await Promise.all(closes.splice(0).map((close) => close()))))

it(`${changeCount} changes of groups, repeated, reordered and one in ten lost, end in the members that WeCom has`, async () => {
  const wecomTimes = { pollMs: 1_000, retryMs: 100, outageMs: 300, groupSweepMs: 5_000 }
  const worker = test.startWorker({ wecomTimes, groups: { memberLimit: 200 } })
  test.onCommit(({ robotIds }) => {
    for (const id of robotIds) void worker.wake(id)
  })
  closes.push(() => test.onCommit(() => {}))
  const { connectorId, callbackKey } = await connectCompany(test)
  const applicationId = await givenApplication(test.db)
  const name = `总公司 ${connectorId}`
  await test.db.transaction(async (tx) => {
    await lendConnector(tx, { connectorId, applicationIds: [applicationId] })
    const settings = { groupPrefix: '商户' }
    await updateConnector(tx, { sealer: testSealer, connectorId, name, settings, isAssistant: true })
  })
  const { id: robotId } = await getAssistantOrThrow(test.db, { username: name })
  for (let index = 0; index < groupCount; index++) await test.control('/wecom/groups', { name: `商户群 ${index}` })
  const people: string[] = []
  for (let index = 0; index < peopleCount; index++) {
    const { wxid } = await test.control('/accounts', { nickname: `顾客${index}`, canLogIn: false })
    people.push(wxid as string)
  }
  const draft = { robotId, ownerName: '宋公明', nameTemplate: '{owner}的群 {number}', sealer: testSealer }
  for (let index = 0; index < groupCount; index++)
    await test.db.transaction((tx) => createQun(tx, { ...draft, groupCode: `shop-${index}` }))
  await test.db.transaction((tx) => startKfSessions(tx))
  await worker.wake(robotId)
  const isOpen = sql`select 1 from quns where robot_id = ${robotId} and state = 'open'`
  await test.until(async () => (await test.db.execute(isOpen)).length === groupCount, 30_000)
  const callbacks = await serveWecomCallbacks(test, { callbackKey })
  closes.push(callbacks.close)
  await test.control('/wecom/settings', { callbackFaults: { lossRate: 0.1, repeats: 1, maxDelayMs: 300 } })

  const { joinWays } = (await test.control('/wecom/groups')) as { joinWays: { configId: string; chatId: string }[] }
  for (let change = 0; change < changeCount; change++) {
    const way = joinWays[change % joinWays.length]!
    const wxid = people[(change * 7) % people.length]!
    const path = change % 3 === 2 ? `/wecom/groups/${way.chatId}/leave` : `/wecom/groups/ways/${way.configId}/scan`
    await test.control(path, { wxid })
  }

  const wanted = ((await test.control('/wecom/groups')).groups as Group[])
    .flatMap(({ chatId, members }) =>
      members.filter(({ type }) => type === 2).map(({ userid }) => `${chatId} ${userid}`),
    )
    .sort()
  const stored = async () => {
    const rows = await test.db.execute<{ member: string }>(sql`
      select w.chat_id || ' ' || c.username as member from memberships m join contacts c on c.id = m.contact_id
        join qun_join_ways w on w.qun_id = m.qun_id where m.state = 'joined' and c.robot_id = ${robotId}`)
    return rows.map(({ member }) => member).sort()
  }
  await test.until(async () => (await stored()).join() === wanted.join(), 60_000)
  expect(wanted.length).toBeGreaterThan(0)
  const { callbackCounts } = await test.control('/wecom/state')
  expect(callbackCounts.lost).toBeGreaterThan(0)
  expect(callbacks.count()).toBeGreaterThan(changeCount)
  if (process.env['WECOM_CHANGES'])
    console.log(callbacks.count(), 'callbacks', [0.5, 0.95, 0.99, 1].map(callbacks.percentileMs), 'ms')
}, 300_000)
