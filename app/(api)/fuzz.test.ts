import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createApplication } from '@/lib/application/create-application'
import { issueToken } from '@/lib/application/issue-token'
import { robots } from '@/lib/db/schema/robot'
import { arbitraryCall, type FuzzedCall } from '@/lib/testing/arbitrary-call'
import { callRoute, type Seen } from '@/lib/testing/call-route'
import { isDocumentedBody } from '@/lib/testing/document-check'
import { givenRobot, givenRoom, givenSession } from '@/lib/testing/factories'
import { listApiCalls } from '@/lib/testing/list-api-routes'
import { openTestWeb, type TestWeb } from '@/lib/testing/open-test-web'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'

const robotCount = 40
const rounds = 75
const callsPerRound = 40
/** A slow machine makes fewer; a failure is made smaller no longer than this. */
const timeLimitMs = 20_000

const calls = await listApiCalls()
const callOf = ({ name }: FuzzedCall) => calls.find((call) => call.name === name)!
let database: TestDatabase
let web: TestWeb
let owner: { close(): Promise<void> }
let token: string
let robotIds: string[]
let texts: string[]

beforeAll(async () => {
  database = await createTestDatabase()
  web = await openTestWeb(database)
  const { db } = database
  const { sealer } = web.context
  const { applicationId } = await db.transaction((tx) =>
    createApplication(tx, { sealer, name: 'a', callbackUrl: null }),
  )
  token = (await issueToken(db, { applicationId, name: 'fuzz', rateLimitPerMinute: 0 })).token
  robotIds = await Promise.all(Array.from({ length: robotCount }, () => givenRobot(db, { applicationId })))
  const rooms = await Promise.all(
    robotIds.slice(0, robotCount / 2).map(async (robotId, index) => {
      await givenSession(db, { robotId })
      return givenRoom(db, { robotId, name: `群 ${index}`, username: `@@${index}` })
    }),
  )
  texts = [String(rooms[0]), '@@0', 'filehelper', '@someone', 'http://127.0.0.1:9/cb', 'http://10.0.0.1/', 'msg_nobody']
  owner = web.standIn({ command: () => ({ result: {} }), message: () => ({ state: 'sent', wechatId: '1' }) })
})
afterAll(async () => {
  await owner.close()
  await web.close()
  await database.drop()
})

function bodyOf({ token: given, parameters, damage }: FuzzedCall): string | Uint8Array {
  const json = JSON.stringify({ ...parameters, token: given })
  const damaged: Record<FuzzedCall['damage'], string | Uint8Array> = {
    none: json,
    cut: json.slice(0, -1),
    bytes: Buffer.concat([Buffer.from(json), Buffer.from([0xff])]),
    array: `[${json}]`,
    null: 'null',
    empty: '',
    text: '参数',
  }
  return damaged[damage]
}

async function send(fuzzed: FuzzedCall): Promise<Seen> {
  const { robot, message, bearer, headers } = fuzzed
  const { route, contract } = callOf(fuzzed)
  const { method } = contract
  const robotId = typeof robot === 'number' ? String(robotIds[robot]) : robot
  const query = Object.entries({ ...fuzzed.parameters, token: fuzzed.token })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]): [string, string] => [name, typeof value === 'string' ? value : JSON.stringify(value)])
  return callRoute(route, method, {
    params: { robotId, messageId: message },
    headers: { ...headers, ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }) },
    ...(method === 'POST' ? { body: bodyOf(fuzzed) } : { query }),
  })
}

/** What must hold for any request at all; that the answer is on the document `callRoute` has checked. */
async function check(fuzzed: FuzzedCall): Promise<Seen> {
  const { contract } = callOf(fuzzed)
  const isRight = fuzzed.token === token && fuzzed.bearer === undefined && contract.method === 'POST'
  // As it arrives: JSON knows no undefined, and blanks at the ends count for nothing where a text is trimmed.
  const trim = (_: string, value: unknown) => (typeof value === 'string' ? value.trim() : value)
  const body: unknown = JSON.parse(JSON.stringify({ ...fuzzed.parameters, token }), trim)
  const mustBeRefused = isRight && (fuzzed.damage !== 'none' || !isDocumentedBody(contract, body))
  const seen = await send(fuzzed)
  expect(seen.status).toBeLessThan(500)
  expect(seen.errorMsg).not.toContain('服务内部错误')
  expect(mustBeRefused && seen.retCode !== -1005).toBe(false)
  return seen
}

it(
  `up to ${rounds * callsPerRound} requests of any kind: no 5xx, no answer off the document, what breaks a schema is -1005`,
  { timeout: 60_000 },
  async () => {
    const seenCodes = new Set<string>()
    const requests = arbitraryCall(calls, { token, texts, robots: robotCount })
    const round = fc.asyncProperty(
      fc.array(requests, { minLength: callsPerRound, maxLength: callsPerRound }),
      async (fuzzed) => {
        const answers = await Promise.all(fuzzed.map(check))
        for (const [index, { retCode }] of answers.entries()) seenCodes.add(`${fuzzed[index]?.name} ${retCode}`)
        await database.db.update(robots).set({ deletedAt: null })
      },
    )
    // fast-check prints the seed and the smallest request that fails.
    await fc.assert(round, { numRuns: rounds, seed: 20_261_121, interruptAfterTimeLimit: timeLimitMs })
    // Each call was also answered well, so the requests were not refused at the door.
    for (const { name } of calls.filter(({ contract }) => contract.name !== 'getMessage'))
      expect([...seenCodes]).toContain(`${name} 0`)
  },
)
