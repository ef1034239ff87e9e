import { beforeAll, describe, expect, it } from 'vitest'
import { createChannel } from '@/lib/alert/change-channel'
import { channelFields } from '@/lib/alert/channel-fields'
import { newConnector } from '@/lib/connector/connector-types'
import { createConnector } from '@/lib/connector/create-connector'
import { auditEntries, operators } from '@/lib/db/schema/operator'
import { callbackAttempts, callbackEndpoints, callbackEvents } from '@/lib/db/schema/callback'
import { commands } from '@/lib/db/schema/command'
import { conversations } from '@/lib/db/schema/conversation'
import { messages } from '@/lib/db/schema/message'
import { quns } from '@/lib/db/schema/qun'
import { tokens } from '@/lib/db/schema/application'
import { webContext } from '@/lib/http/web-context'
import { newId } from '@/lib/id'
import { sealOwnerKey } from '@/lib/qun/owner-key'
import { givenApplication, givenEndpoint, givenRobot, givenRoom, givenSession } from '@/lib/testing/factories'
import { listDashboardHandlers } from '@/lib/testing/list-dashboard-handlers'
import { useDashboard } from '@/lib/testing/use-dashboard'

/** Marks every secret: with it a reader can act, or impersonate another person. */
const canary = 'CANARY7secret'
const url = `https://user:${canary}@shop.example/in/${canary}0123456789?key=${canary}&${canary}#${canary}`
const token = `wx_${canary}${'a1'.repeat(20)}`.slice(0, 43)

const gateway = newConnector.parse({
  type: 'gateway',
  name: '网关',
  settings: { baseUrl: 'https://gw.example' },
  secrets: { token: canary },
  isRiskAccepted: true,
})

const test = useDashboard()
const handlers = (await listDashboardHandlers()).filter(({ method }) => method === 'GET')
let knownIds: Record<string, string>[]

beforeAll(async () => {
  const { db } = test
  const sealed = { signingSecretSealed: canary, callbackTokenSealed: canary }
  const applicationId = await givenApplication(db, { callbackUrl: url, ...sealed })
  const tokenId = newId('token')
  await db.insert(tokens).values({ id: tokenId, applicationId, name: '令牌', hash: canary, lastFour: 'abcd' })
  const robotId = await givenRobot(db, { applicationId, isAssistant: true })
  const code = { qrKey: canary, qrContent: `https://login.weixin.qq.com/l/${canary}`, credentialsSealed: canary }
  await givenSession(db, { robotId, state: 'waiting_scan', callbackUrl: url, ...code })
  await db.insert(commands).values({ id: newId('command'), robotId, type: 'login', deadlineAt: new Date() })
  const roomId = await givenRoom(db, { robotId, name: '群', username: '@@1' })
  const messageId = newId('message')
  const stored = { direction: 'out', type: 'text', state: 'sent', content: '你好' } as const
  await db.insert(messages).values({ id: messageId, robotId, roomId, ...stored })
  const qunId = newId('qun')
  const ownerKey = sealOwnerKey(webContext().sealer, { id: qunId, key: canary })
  const secrets = { groupCode: canary, ownerKey }
  await db
    .insert(quns)
    .values({ id: qunId, robotId, number: '123456789012345', ownerName: '王', name: '群', ...secrets })

  const replayId = newId('callbackReplay')
  const lane = `application:${applicationId}`
  await db.insert(callbackEndpoints).values({ lane, applicationId, url, pausedAt: new Date(), pauseReason: 'gone' })
  const login = { type: 'login', loginUrl: url, data: { robot_id: robotId } } as const
  const paused = { type: 'endpoint_paused', data: { application_id: applicationId, callback_url: url } } as const
  const message = { type: 'send_message', data: { content: '你好' } } as const
  const eventIds: string[] = []
  for (const event of [login, paused, message]) {
    const id = newId('callbackEvent')
    eventIds.push(id)
    await db.insert(callbackEvents).values({ id, applicationId, robotId, lane, replayId, ...event })
    const body = { responseExcerpt: `you sent ${token} to ${url}`, error: `cannot reach ${url}` }
    const attempt = { number: 1, durationMs: 1, isDelivered: false, startedAt: new Date() }
    await db.insert(callbackAttempts).values({ id: newId('callbackAttempt'), eventId: id, ...attempt, ...body })
  }
  await db.insert(auditEntries).values([
    { actor: 'cli', action: 'application.create', targetId: applicationId, detail: { callbackUrl: url } },
    {
      actor: 'cli',
      action: 'application.update',
      targetId: applicationId,
      detail: { callbackUrl: { from: url, to: url } },
    },
  ])
  await db.insert(operators).values({ id: newId('operator'), email: 'other@wxbot.test', passwordHash: canary })
  const { connectorId } = await db.transaction((tx) =>
    createConnector(tx, { sealer: webContext().sealer, connector: gateway, applicationIds: [applicationId] }),
  )
  const channelFieldsWithSecrets = channelFields.parse({
    type: 'feishu',
    name: '值班',
    kinds: ['robot_offline'],
    secrets: { url: `https://open.feishu.cn/hook/${canary}`, secret: canary },
  })
  const { id: channelId } = await db.transaction((tx) =>
    createChannel(tx, { sealer: webContext().sealer, applicationId, fields: channelFieldsWithSecrets }),
  )
  const endpointId = newId('endpoint')
  const secretColumns = { headersSealed: canary, signingSecretSealed: canary, headerNames: ['Authorization'] }
  await givenEndpoint(db, { id: endpointId, applicationId, url, ...secretColumns })
  const conversationId = newId('conversation')
  const last = { lastMessageId: messageId, lastSequence: 1, lastMessageAt: new Date() }
  await db.insert(conversations).values({ id: conversationId, robotId, roomId, ...last })
  const ids = {
    applicationId,
    tokenId,
    robotId,
    roomId,
    messageId,
    conversationId,
    qunId,
    replayId,
    connectorId,
    channelId,
    endpointId,
  }
  knownIds = eventIds.map((eventId) => ({ ...ids, eventId }))
})

/** Returns all that an operator can read from a handler, for each set of ids. */
async function readAll(handler: unknown, cookie: string, query: Record<string, string> = {}): Promise<string> {
  const since = new Date(Date.now() - 86_400_000).toISOString()
  const texts: string[] = []
  for (const ids of knownIds) {
    const parameters = { range: '24h', timeZone: 'UTC', q: '', since, ...query }
    // The other required parameters, as the page sends them.
    const forReplay = { applicationId: ids['applicationId'] ?? '', of: 'room' }
    const { status, body } = await test.call(handler, 'GET', {
      cookie,
      ids,
      query: `?${new URLSearchParams({ ...parameters, ...forReplay })}`,
    })
    expect({ status, body }).toMatchObject({ status: 200 })
    texts.push(JSON.stringify(body))
  }
  return texts.join('\n')
}

describe.each(handlers)('$name', ({ handler }) => {
  it('shows a viewer no secret', async () => {
    expect(await readAll(handler, test.cookieOf.viewer)).not.toContain(canary)
  })
})

describe.each(handlers.filter(({ handler }) => handler.shapes.query))('$name', ({ handler }) => {
  it('a search of a viewer does not match secrets', async () => {
    const guess = (q: string) => readAll(handler, test.cookieOf.viewer, { q })
    const [right, wrong] = [await guess(canary), await guess('CANARY8secret')]
    // Figures change between two reads, lists do not.
    const rowsOf = (texts: string) =>
      texts.split('\n').map((text) => (JSON.parse(text) as { rows?: unknown[] }).rows?.length)
    expect(rowsOf(right)).toEqual(rowsOf(wrong))
  })
})

it('shows an admin the URLs and the QR code: the tests above read handlers that have secrets', async () => {
  const texts = await Promise.all(
    handlers.map(async ({ name, handler }) => [name, await readAll(handler, test.cookieOf.admin)] as const),
  )
  const showing = texts.filter(([, text]) => text.includes(canary)).map(([name]) => name)
  expect(showing.toSorted((a, b) => a.localeCompare(b, 'en'))).toEqual([
    'GET /applications',
    'GET /applications/[applicationId]',
    'GET /applications/[applicationId]/endpoints',
    'GET /audit',
    'GET /callbacks',
    'GET /callbacks/[eventId]',
    'GET /callbacks/endpoints',
    'GET /callbacks/health',
    'GET /callbacks/health/[endpointId]',
    'GET /overview',
    'GET /quns/[qunId]',
    'GET /robots/[robotId]',
  ])
})

it('a viewer sees that a QR code exists', async () => {
  const robot = handlers.find(({ path }) => path === '/robots/[robotId]')
  expect(await readAll(robot?.handler, test.cookieOf.viewer)).toContain('"isCodeHidden":true')
})
