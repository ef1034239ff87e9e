import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createChannel } from '@/lib/alert/change-channel'
import { channelFields } from '@/lib/alert/channel-fields'
import { createApplication } from '@/lib/application/create-application'
import { issueToken } from '@/lib/application/issue-token'
import { revokeToken } from '@/lib/application/revoke-token'
import { updateApplication } from '@/lib/application/update-application'
import { recordFriendRequest, listFriendRequests } from '@/lib/address-book/friend-request'
import { putContacts } from '@/lib/address-book/store-address-book'
import { commands } from '@/lib/db/schema/command'
import { conversations } from '@/lib/db/schema/conversation'
import { applicationEndpoints } from '@/lib/db/schema/endpoint'
import { memberships } from '@/lib/db/schema/membership'
import { messages } from '@/lib/db/schema/message'
import { joinTokens, quns } from '@/lib/db/schema/qun'
import { articles, quickReplies, replyRules } from '@/lib/db/schema/reply'
import { robots } from '@/lib/db/schema/robot'
import { rooms } from '@/lib/db/schema/room'
import { sessions } from '@/lib/db/schema/session'
import { newId } from '@/lib/id'
import { newPeer } from '@/lib/testing/call-route'
import { type ApiCallUnderTest, listApiCalls, listApiRoutes } from '@/lib/testing/list-api-routes'
import { requestMembership } from '@/lib/membership/request-membership'
import { upsertContact } from '@/lib/membership/upsert-contact'
import { createQun } from '@/lib/qun/create-qun'
import { givenEndpoint, givenRobot, givenRoom, givenSession } from '@/lib/testing/factories'
import { openTestWeb, type TestWeb } from '@/lib/testing/open-test-web'
import { sampleParameters } from '@/lib/http/openapi/curl-sample'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'

/** All rows of an application that an id can refer to. */
type World = {
  token: string
  robotId: string
  messageId: string
  conversationId: string
  ruleId: string
  articleId: string
  quickReplyId: string
  channelId: string
  endpointId: string
  roomId: string
  username: string
  contactId: string
  requestId: string
  qunId: string
  membershipId: string
}

const calls = await listApiCalls()
const unknownIds = {
  robot_id: 'rbt_0000000000000000000000',
  message_id: 'msg_0000000000000000000000',
  conversation_id: 'cnv_0000000000000000000000',
  rule_id: 'rul_0000000000000000000000',
  article_id: 'art_0000000000000000000000',
  quick_reply_id: 'qrp_0000000000000000000000',
  channel_id: 'alc_0000000000000000000000',
  endpoint_id: 'ept_0000000000000000000000',
  room_id: 'room_0000000000000000000000',
  contact_id: '@00000000',
  request_id: 'frq_0000000000000000000000',
  qun_id: 'qun_0000000000000000000000',
  membership_id: 'mbr_0000000000000000000000',
  to_user: 'room_0000000000000000000000',
}
const oddIds = ['x', '\0', "' or 1=1 --", '群'.repeat(3000), '../../x', '__proto__', 'rbt_', '%00', '\ud800']

let database: TestDatabase
let web: TestWeb
let own: World
let foreign: World
let refusedTokens: Record<string, string>

async function givenWorld(name: string): Promise<World & { applicationId: string }> {
  const { db } = database
  const { sealer } = web.context
  const { applicationId } = await db.transaction((tx) => createApplication(tx, { sealer, name, callbackUrl: null }))
  // All calls with all ids are more than the requests per minute of other tokens.
  const { token } = await issueToken(db, { applicationId, name: 'unlimited', rateLimitPerMinute: 0 })
  const robotId = await givenRobot(db, { applicationId, username: 'same_name' })
  await givenSession(db, { robotId })
  const username = `@@${name}`
  const roomId = await givenRoom(db, { robotId, name: '售后群', username })
  const messageId = newId('message')
  const sent = { direction: 'out', type: 'text', state: 'sent', content: '你好' } as const
  await db.insert(messages).values({ id: messageId, robotId, ...sent })
  const conversationId = newId('conversation')
  const last = { lastMessageId: messageId, lastSequence: 1, lastMessageAt: new Date() }
  await db.insert(conversations).values({ id: conversationId, robotId, roomId, state: 'assigned', ...last })
  const ruleId = newId('rule')
  const rule = { name: '规则', trigger: 'joined', answer: 'text', content: '欢迎', position: 1 } as const
  await db.insert(replyRules).values({ ...rule, id: ruleId, applicationId, patterns: [] })
  const articleId = newId('article')
  await db.insert(articles).values({ id: articleId, applicationId, title: '问', content: '答', terms: [] })
  const quickReplyId = newId('quickReply')
  await db.insert(quickReplies).values({ id: quickReplyId, applicationId, shortcut: '运费', text: '包邮' })
  const fields = channelFields.parse({
    type: 'wecom_group',
    name: '值班',
    kinds: ['robot_offline'],
    secrets: { url: 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=k' },
  })
  const { id: channelId } = await db.transaction((tx) => createChannel(tx, { sealer, applicationId, fields }))
  const endpointId = await givenEndpoint(db, { applicationId })
  const contactId = `@${name}`
  const requestId = await db.transaction(async (tx) => {
    await putContacts(tx, { robotId, people: [{ username: contactId, nickname: name, remark: '' }] })
    await recordFriendRequest(tx, { robotId, username: `@ask${name}`, nickname: name, greeting: '你好', ticket: 'v4' })
    return (await listFriendRequests(tx, { robotId, limit: 1 })).rows[0]?.id ?? ''
  })
  const qun = { robotId, groupCode: `code|${name}`, ownerName: name, nameTemplate: '{owner}', sealer }
  const { id: qunId } = await db.transaction((tx) => createQun(tx, qun))
  const membershipId = await db.transaction(async (tx) => {
    const member = await upsertContact(tx, { robotId, person: { username: `@member${name}`, nickname: '黑旋风' } })
    return (await requestMembership(tx, { qunId, contactId: member.id, identifiedBy: 'nickname' })).id
  })
  const settings = { ruleId, articleId, quickReplyId, channelId, endpointId, contactId, requestId, qunId, membershipId }
  return { applicationId, token, robotId, messageId, conversationId, ...settings, roomId, username }
}

beforeAll(async () => {
  database = await createTestDatabase()
  web = await openTestWeb(database)
  const { db } = database
  own = await givenWorld('own')
  const other = await givenWorld('foreign')
  foreign = other
  const { applicationId } = other
  const revoked = await issueToken(db, { applicationId, name: 'revoked' })
  await revokeToken(db, { tokenId: revoked.tokenId })
  const expired = await issueToken(db, { applicationId, name: 'expired', expiresAt: new Date(0) })
  const disabled = await givenWorld('disabled')
  await updateApplication(db, { applicationId: disabled.applicationId, isDisabled: true })
  refusedTokens = {
    garbage: 'garbage',
    'with a NUL': '\0',
    'much too long': 'x'.repeat(100_000),
    revoked: revoked.token,
    expired: expired.token,
    'of a disabled application': disabled.token,
  }
})
afterAll(async () => {
  await web.close()
  await database.drop()
})

type Ids = Partial<typeof unknownIds>

/** Makes a call and returns all that a client sees, except parts that differ between calls. */
async function see(call: ApiCallUnderTest, token: string | undefined, ids: Ids): Promise<string> {
  const { method } = call.contract
  const url = new URL('http://wxbot.test/path')
  if (method !== 'POST' && token !== undefined) url.searchParams.set('token', token)
  if ('robot_id' in call.contract.parameters.shape) url.searchParams.set('robot_id', ids.robot_id ?? '')
  for (const name of ['to_user', 'rule_id'] as const)
    if (method === 'GET' && name in call.contract.parameters.shape && ids[name]) url.searchParams.set(name, ids[name])
  const inBody = (['to_user', 'robot_id', 'endpoint_id', 'room_id'] as const).filter(
    (name) => name in call.contract.parameters.shape && ids[name],
  )
  const chosen = Object.fromEntries(inBody.map((name) => [name, ids[name]]))
  const given = { ...sampleParameters(call.contract), ...chosen }
  const body = method === 'POST' ? JSON.stringify({ token, ...given }) : null
  const params = {
    robotId: ids.robot_id ?? '',
    messageId: ids.message_id ?? '',
    conversationId: ids.conversation_id ?? '',
    ruleId: ids.rule_id ?? '',
    articleId: ids.article_id ?? '',
    quickReplyId: ids.quick_reply_id ?? '',
    channelId: ids.channel_id ?? '',
    endpointId: ids.endpoint_id ?? '',
    roomId: ids.room_id ?? '',
    contactId: ids.contact_id ?? '',
    requestId: ids.request_id ?? '',
    qunId: ids.qun_id ?? '',
    membershipId: ids.membership_id ?? '',
  }
  const handler = call.route[method]
  if (!handler) throw new Error(`no ${call.name}`)
  const response = await handler(new Request(url, { method, body, headers: newPeer() }), {
    params: Promise.resolve(params),
  })
  expect(response.status).toBeLessThan(500)
  const headers = [...response.headers].filter(([name]) => name !== 'x-request-id')
  return JSON.stringify([response.status, headers, await response.text()])
}

const rows = async () => {
  const { db } = database
  const tables = [
    robots,
    sessions,
    rooms,
    messages,
    commands,
    conversations,
    articles,
    quickReplies,
    applicationEndpoints,
    quns,
    joinTokens,
    memberships,
  ]
  return JSON.stringify(await Promise.all(tables.map((table) => db.select().from(table).orderBy(table.id))))
}

/** Returns the id parameters of a call: those in its path, and the one in its body. */
const idNames = ({ contract }: ApiCallUnderTest) =>
  (Object.keys(unknownIds) as (keyof typeof unknownIds)[]).filter(
    // The group of a rule is sent as in the samples, not as one of these ids.
    (name) => contract.path.includes(`{${name}}`) || (name in contract.parameters.shape && name !== 'qun_id'),
  )
const idsOf = ({
  robotId,
  messageId,
  conversationId,
  ruleId,
  articleId,
  quickReplyId,
  channelId,
  endpointId,
  roomId,
  ...more
}: World) => ({
  contact_id: more.contactId,
  request_id: more.requestId,
  qun_id: more.qunId,
  membership_id: more.membershipId,
  robot_id: robotId,
  message_id: messageId,
  conversation_id: conversationId,
  rule_id: ruleId,
  article_id: articleId,
  quick_reply_id: quickReplyId,
  channel_id: channelId,
  endpoint_id: endpointId,
  room_id: roomId,
  to_user: roomId,
})

describe.each(calls)('$name', (call) => {
  it('A3, G7: a missing or refused token reveals nothing, for any id', async () => {
    const before = await rows()
    const missing = new Set<string>()
    const refused = new Set<string>()
    for (const ids of [idsOf(own), idsOf(foreign), unknownIds]) {
      missing.add(await see(call, undefined, ids)).add(await see(call, '', ids))
      for (const token of Object.values(refusedTokens)) refused.add(await see(call, token, ids))
    }
    expect([...missing]).toEqual([expect.stringMatching(/参数 token 缺失/)])
    expect([...refused]).toEqual([expect.stringMatching(/retCode\\":2000/)])
    expect(await rows()).toBe(before)
  })

  it.each(idNames(call))(
    'A4, G7: a %s of another application gets the same response as an unknown one',
    async (name) => {
      const before = await rows()
      const unknown = await see(call, own.token, { ...idsOf(own), [name]: unknownIds[name] })
      const foreignIds = [idsOf(foreign)[name], ...(name === 'to_user' ? [foreign.username] : [])]
      for (const id of foreignIds) expect(await see(call, own.token, { ...idsOf(own), [name]: id })).toBe(unknown)
      expect(unknown).toMatch(/retCode\\":-100[15]/)
      expect(await rows()).toBe(before)
    },
  )

  it.each(idNames(call))('A4: a malformed %s gets the same response as an unknown one', async (name) => {
    const unknown = await see(call, own.token, { ...idsOf(own), [name]: unknownIds[name] })
    for (const id of oddIds) {
      const response = await see(call, own.token, { ...idsOf(own), [name]: id })
      // In a body, a value that is not plain text is refused by the schema.
      const isRefusedByShape =
        name in call.contract.parameters.shape && /参数 (to_user|robot_id|endpoint_id|room_id) /.test(response)
      expect(isRefusedByShape ? unknown : response).toBe(unknown)
    }
  })
})

/** The qun API uses the private network instead of a token. */
const qunPaths = ['/wxbot/[[...rest]]', '/wxbot/qun', '/wxbot/qun/membership']

it('G7: covers every route that takes a token', async () => {
  const routes = await listApiRoutes()
  const covered = new Set(calls.map(({ path }) => path))
  const others = routes.filter(({ path }) => !covered.has(path)).map(({ path }) => path)
  expect(others.sort()).toEqual([
    '/robots/[...rest]',
    '/v1/[[...rest]]',
    '/v1/gateway/{key}/callback',
    '/v1/media/{id}',
    '/v1/wecom/{key}/callback',
    ...qunPaths,
  ])
})
