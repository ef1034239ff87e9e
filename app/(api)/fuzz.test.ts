import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createApplication } from '@/lib/application/create-application'
import { issueToken } from '@/lib/application/issue-token'
import { conversations } from '@/lib/db/schema/conversation'
import { robots } from '@/lib/db/schema/robot'
import { newId } from '@/lib/id'
import { createQun } from '@/lib/qun/create-qun'
import { arbitraryCall, type FuzzedCall } from '@/lib/testing/arbitrary-call'
import { callRoute, type ParsedResponse } from '@/lib/testing/call-route'
import { isDocumentedBody } from '@/lib/testing/document-check'
import { givenRobot, givenRoom, givenSession } from '@/lib/testing/factories'
import { listApiCalls } from '@/lib/testing/list-api-routes'
import { openTestWeb, type TestWeb } from '@/lib/testing/open-test-web'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'

const robotCount = 40
const rounds = 90
const callsPerRound = 40
/** Time limit of all rounds and of shrinking a failure. */
const timeLimitMs = 150_000

const calls = await listApiCalls()
const callOf = ({ name }: FuzzedCall) => calls.find((call) => call.name === name)!
let database: TestDatabase
let web: TestWeb
let owner: { close(): Promise<void> }
let token: string
let robotIds: string[]
let conversationIds: string[]
let qunIds: string[]
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
  conversationIds = await Promise.all(
    robotIds.slice(0, robotCount / 2).map(async (robotId, index) => {
      const id = newId('conversation')
      const last = { lastMessageId: 'msg_nobody', lastSequence: index, lastMessageAt: new Date() }
      // Only a conversation that waits or is assigned can be released.
      const waiting = index % 2 === 1 && ({ state: 'waiting', waitingSince: new Date() } as const)
      await db.insert(conversations).values({ id, robotId, peerUsername: '@someone', ...last, ...waiting })
      return id
    }),
  )
  qunIds = await Promise.all(
    robotIds.slice(0, robotCount / 2).map(async (robotId, index) => {
      const draft = {
        robotId,
        groupCode: `code|${index}`,
        ownerName: '宋公明',
        nameTemplate: '{owner} {number}',
        sealer,
      }
      return (await db.transaction((tx) => createQun(tx, draft))).id
    }),
  )
  const loggingIn = await Promise.all(
    Array.from({ length: 5 }, async () => {
      const robotId = await givenRobot(db, { applicationId, connection: 'ilink' })
      await givenSession(db, { robotId, state: 'waiting_code' })
      return robotId
    }),
  )
  robotIds.splice(-loggingIn.length, loggingIn.length, ...loggingIn)
  texts = [String(rooms[0]), '@@0', '@someone', 'http://127.0.0.1:9/cb', 'http://10.0.0.1/', 'msg_nobody']
  // The only target of every online robot, so that both calls that send also succeed.
  texts.push(...Array.from({ length: 20 }, () => 'filehelper'))
  owner = web.startFakeWorker({ command: () => ({ result: {} }), message: () => ({ state: 'sent', wechatId: '1' }) })
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

async function send(fuzzed: FuzzedCall): Promise<ParsedResponse> {
  const { robot, message, bearer, headers } = fuzzed
  const { route, contract } = callOf(fuzzed)
  const { method } = contract
  const robotId = typeof robot === 'number' ? String(robotIds[robot]) : robot
  const conversationId = (typeof robot === 'number' ? conversationIds[robot] : null) ?? message
  const qunId = (typeof robot === 'number' ? qunIds[robot] : null) ?? message
  const query = Object.entries({ ...fuzzed.parameters, token: fuzzed.token })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]): [string, string] => [name, typeof value === 'string' ? value : JSON.stringify(value)])
  return callRoute(route, method, {
    params: {
      robotId,
      messageId: message,
      conversationId,
      ruleId: message,
      articleId: message,
      quickReplyId: message,
      channelId: message,
      endpointId: message,
      qunId,
      membershipId: message,
    },
    headers: { ...headers, ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }) },
    ...(method === 'POST' ? { body: bodyOf(fuzzed) } : { query }),
  })
}

/** Checks what holds for every request; `callRoute` has already checked the response against the document. */
async function check(fuzzed: FuzzedCall): Promise<ParsedResponse> {
  const { contract } = callOf(fuzzed)
  const isRight = fuzzed.token === token && fuzzed.bearer === undefined && contract.method === 'POST'
  // As received: JSON has no undefined, and trimmed texts lose surrounding whitespace.
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
  `up to ${rounds * callsPerRound} random requests: no 5xx, no undocumented response, and -1005 for every schema violation`,
  { timeout: 240_000 },
  async () => {
    const seenCodes = new Set<string>()
    const requests = arbitraryCall(calls, { token, texts, robots: robotCount })
    const round = fc.asyncProperty(
      fc.array(requests, { minLength: callsPerRound, maxLength: callsPerRound }),
      async (fuzzed) => {
        const responses = await Promise.all(fuzzed.map(check))
        for (const [index, { retCode }] of responses.entries()) seenCodes.add(`${fuzzed[index]?.name} ${retCode}`)
        await database.db.update(robots).set({ deletedAt: null })
      },
    )
    // fast-check prints the seed and the smallest failing request.
    await fc.assert(round, { numRuns: rounds, seed: 20_261_121, interruptAfterTimeLimit: timeLimitMs })
    // Each call also succeeded, so not all requests were refused early.
    // Random cursors and ids rarely fit together.
    const ofRules = ['createRule', 'updateRule', 'deleteRule', 'getRule', 'placeRule', 'updateArticle', 'deleteArticle']
    // The fields of a channel depend on its type.
    const ofAlerts = ['createAlertChannel', 'updateAlertChannel', 'deleteAlertChannel', 'testAlertChannel']
    // An endpoint needs an id that random requests do not have, or a URL.
    const ofEndpoints = ['create', 'update', 'delete', 'test', 'resume'].map((verb) => `${verb}Endpoint`)
    // No robot here has a connection with QR codes of rooms, or with a reception.
    // A text, a link and an upload rarely fit to the type of the message.
    const ofUploads = ['sendMessageLater', 'replyInConversation']
    // A random room is not one of the assistant.
    const ofQuns = ['listQuns', 'createQun', 'updateQun', 'listQunMembers', 'decideQunMember', 'getQunPoster']
    const rarelyValid = [
      'getMessage',
      'getRoomQrCode',
      'listConversations',
      // A random text is rarely a time zone, or the id of a rule.
      'getConversationFigures',
      'listReplyDecisions',
      // No application here has a model.
      'askModel',
      'listConversationMessages',
      'listContacts',
      'listRobots',
      'listRoomMembers',
      'readRoomMembers',
      'setContactRemark',
      'acceptFriendRequest',
      'refuseFriendRequest',
      'getReception',
      'updateReception',
      'updateQuickReply',
      'deleteQuickReply',
      'updateReplySettings',
      ...ofQuns,
      ...ofRules,
      ...ofUploads,
      ...ofAlerts,
      ...ofEndpoints,
      'rollEndpointSecret',
    ]
    const neverValid = calls
      .filter(({ contract }) => !rarelyValid.includes(contract.name))
      .filter(({ name }) => !seenCodes.has(`${name} 0`))
    expect(neverValid.map(({ name }) => name)).toEqual([])
  },
)
