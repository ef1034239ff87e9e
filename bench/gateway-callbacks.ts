// Measures callbacks of a gateway from their arrival to the stored messages, reordered, with repeats and forged ones between them:
// `npx tsx bench/gateway-callbacks.ts [callbacks]`. It fails unless each message is stored once.
import { and, countDistinct, eq } from 'drizzle-orm'
import { type CountedServer, startCountedServer } from '@/bench/budgets/counted-server'
import { openGatewayRobot } from '@/bench/gateway/open-gateway-robot'
import { messages } from '@/lib/db/schema/message'

const callbackCount = Number(process.argv[2] ?? 5_000)
const messageCount = Math.floor(callbackCount * 0.7)
const senders = 8
const storedWithinMs = 600_000

const server: CountedServer = await startCountedServer()
const robot = await openGatewayRobot(server)
try {
  const { db, robotId } = robot
  const isReceived = and(eq(messages.robotId, robotId), eq(messages.direction, 'in'))
  // 1,237 has no common factor with the count, so that each message is posted once before repeats.
  const order = Array.from({ length: messageCount }, (_, index) => (index * 1_237) % messageCount)
  const bodies = Array.from({ length: callbackCount }, (_, index) => {
    const number = order[index % messageCount] ?? 0
    const kind = index < messageCount ? 'new' : index % 2 === 0 ? 'repeat' : 'forged'
    return { kind, text: kind === 'forged' ? robot.body(number, 'wx_foreign') : robot.body(number) }
  })
  bodies.sort((a, b) => a.text.length - b.text.length || (a.text < b.text ? -1 : 1))
  const mixed = bodies.map((_, index) => bodies[(index * 1_237) % bodies.length] ?? bodies[0]!)
  const outcomes: Record<string, number> = {}
  let next = 0
  const beganMs = performance.now()
  let respondedMs = 0
  const cost = await server.count(callbackCount, async () => {
    const post = async () => {
      while (next < mixed.length) {
        const outcome = await robot.receive(mixed[next++]?.text ?? '')
        outcomes[outcome] = (outcomes[outcome] ?? 0) + 1
      }
    }
    await Promise.all(Array.from({ length: senders }, post))
    respondedMs = performance.now() - beganMs
    await robot.until(async () => (await db.$count(messages, isReceived)) >= messageCount, storedWithinMs)
  })
  const storedMs = performance.now() - beganMs
  const [stored] = await db
    .select({ distinct: countDistinct(messages.content) })
    .from(messages)
    .where(isReceived)
  const total = await db.$count(messages, isReceived)
  if (total !== messageCount || stored?.distinct !== messageCount)
    throw new Error(`${total} messages stored, ${stored?.distinct} different ones of ${messageCount}`)
  const rate = (ms: number) => `${(ms / 1000).toFixed(1)} s, ${Math.round((callbackCount / ms) * 1000)}/s`
  console.log(`${callbackCount} callbacks (${JSON.stringify(outcomes)}), ${messageCount} messages`)
  console.log(`all responses after ${rate(respondedMs)}; all stored after ${rate(storedMs)}`)
  console.log(`${cost.statements.toFixed(2)} statements, ${cost.commits.toFixed(2)} commits per callback`)
} finally {
  await robot.close()
  await server.stop()
}
