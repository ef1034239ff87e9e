import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type GatewayRobot, openGatewayRobot } from '@/bench/gateway/open-gateway-robot'
import { type CountedServer, startCountedServer } from '@/bench/budgets/counted-server'
import { messages } from '@/lib/db/schema/message'

/**
 * Maximum work of Postgres per callback: of one with a message until that is stored, and of one that changes nothing. Change one only
 * with a decision record.
 */
const budgets = { received: { statements: 8.5, commits: 1.8 }, refused: { statements: 4, commits: 2.6 } }
const units = 200

let server: CountedServer
let robot: GatewayRobot
beforeAll(async () => {
  server = await startCountedServer()
  robot = await openGatewayRobot(server)
})
afterAll(async () => {
  await robot?.close()
  await server?.stop()
})

const received = () => robot.db.$count(messages, and(eq(messages.robotId, robot.robotId), eq(messages.direction, 'in')))

it('a repeated or forged callback of a gateway stores nothing and stays within its budget', async () => {
  await robot.receive(robot.body(1_000))
  await robot.until(async () => (await received()) === 1)
  const forged = robot.body(1, 'wx_foreign')
  const cost = await server.count(units, async () => {
    for (let unit = 0; unit < units / 4; unit++) {
      expect(await robot.receive(robot.body(1_000))).toBe('repeat')
      expect(await robot.receive(forged)).toBe('foreign_device')
      expect(await robot.receive('<xml>')).toBe('unreadable')
      expect(await robot.receive(forged, 'x'.repeat(22))).toBe('unknown_path')
    }
  })
  expect(await received()).toBe(1)
  expect(cost.statements, cost.report).toBeLessThanOrEqual(budgets.refused.statements)
  expect(cost.commits, cost.report).toBeLessThanOrEqual(budgets.refused.commits)
})

it('a callback of a gateway stays within its budget up to the stored message', async () => {
  const before = await received()
  const cost = await server.count(units, async () => {
    let next = 0
    const run = async () => {
      while (next < units) await robot.receive(robot.body(++next))
    }
    await Promise.all([run(), run(), run(), run()])
    await robot.until(async () => (await received()) === before + units)
  })
  const text = `${cost.statements.toFixed(2)} statements, ${cost.commits.toFixed(2)} commits\n${cost.report}`
  expect(cost.statements, text).toBeLessThanOrEqual(budgets.received.statements)
  expect(cost.commits, text).toBeLessThanOrEqual(budgets.received.commits)
})
