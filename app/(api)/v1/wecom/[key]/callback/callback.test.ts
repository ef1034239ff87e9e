import { encrypt, getSignature } from '@wecom/crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createConnector } from '@/lib/connector/create-connector'
import { newConnector } from '@/lib/connector/connector-types'
import { lendConnector } from '@/lib/connector/lend-connector'
import { updateConnector } from '@/lib/connector/update-connector'
import { createRobot } from '@/lib/robot/create-robot'
import { newPeer } from '@/lib/testing/call-route'
import { givenApplication, givenRobot } from '@/lib/testing/factories'
import { openTestWeb, type TestWeb } from '@/lib/testing/open-test-web'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'
import { recordCallback } from '@/lib/wecom/record-callback'
import * as route from '@/app/(api)/v1/wecom/[key]/callback/route'

const secrets = {
  agentSecret: 's',
  callbackToken: 'token1',
  callbackAesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
}
const corpId = 'ww1'
let database: TestDatabase
let web: TestWeb
let key: string
let connectorId: string
let robotId: string

beforeAll(async () => {
  database = await createTestDatabase()
  web = await openTestWeb(database)
})
beforeEach(async () => {
  const connector = newConnector.parse({ type: 'wecom', name: `企业 ${Math.random()}`, settings: { corpId }, secrets })
  const { sealer } = web.context
  const created = await database.db.transaction((tx) => createConnector(tx, { sealer, connector, applicationIds: [] }))
  ;({ connectorId, callbackKey: key } = created)
  robotId = await givenRobot(database.db, { connection: 'wecom_kf', connectorId, wechatUin: 'wk1' })
})
afterAll(async () => {
  await web.close()
  await database.drop()
})

const nowSeconds = () => Math.floor(Date.now() / 1000)
const hint = (openKfId = 'wk1', token = 'ENC1') =>
  `<xml><ToUserName><![CDATA[${corpId}]]></ToUserName><MsgType><![CDATA[event]]></MsgType><Event><![CDATA[kf_msg_or_event]]></Event><Token><![CDATA[${token}]]></Token><OpenKfId><![CDATA[${openKfId}]]></OpenKfId></xml>`

type Options = { text?: string; nonce?: string; timestamp?: number; id?: string; signature?: string; key?: string }

function sign({ text = hint(), nonce = '1', timestamp = nowSeconds(), id = corpId, signature }: Options) {
  const encrypted = encrypt(secrets.callbackAesKey, text, id)
  const query = new URLSearchParams({
    msg_signature: signature ?? getSignature(secrets.callbackToken, timestamp, nonce, encrypted),
    timestamp: String(timestamp),
    nonce,
  })
  return { encrypted, query }
}
const context = (options: Options) => ({ params: Promise.resolve({ key: options.key ?? key }) })

async function post(options: Options = {}, wrap = (encrypted: string) => `<xml><Encrypt>${encrypted}</Encrypt></xml>`) {
  const { encrypted, query } = sign(options)
  const request = new Request(`http://wxbot.test/v1/wecom/x/callback?${query}`, {
    method: 'POST',
    body: wrap(encrypted),
    headers: newPeer(),
  })
  return route.POST(request, context(options))
}
async function verify(options: Options = {}) {
  const { encrypted, query } = sign({ text: '1616140317555161061', ...options })
  query.set('echostr', encrypted)
  return route.GET(new Request(`http://wxbot.test/x?${query}`, { headers: newPeer() }), context(options))
}
const stored = () =>
  database.sql`select nonce, open_kfid, sync_token from wecom_callbacks where connector_id = ${connectorId}`

describe('the verification of the callback URL', () => {
  it('the verification of the callback URL gets the plain text and is recorded', async () => {
    const response = await verify()
    expect(response.status).toBe(200)
    expect(await response.text()).toBe('1616140317555161061')
    const [company] =
      await database.sql`select callback_verified_at from wecom_companies where connector_id = ${connectorId}`
    expect(company).toMatchObject({ callback_verified_at: expect.any(String) })
  })

  it('the verification of the callback URL is refused with another signature, company, time or path, and nothing is recorded', async () => {
    const refused: Options[] = [{ signature: '0'.repeat(40) }, { id: 'ww2' }, { timestamp: nowSeconds() - 400 }]
    for (const options of refused) expect((await verify(options)).status).toBe(403)
    for (const unknown of ['x', 'A'.repeat(22), '\0', '../x']) expect((await verify({ key: unknown })).status).toBe(404)
    const rows = await database.sql`select 1 from wecom_companies where connector_id = ${connectorId}`
    expect(rows).toHaveLength(0)
  })

  const sessionsOf = (id: string) => database.sql`select state from sessions where robot_id = ${id}`

  it('starts the robots of the company at once, and only once', async () => {
    await verify()
    await verify()
    expect(await sessionsOf(robotId)).toEqual([{ state: 'starting' }])
    const commands = await database.sql`select type from commands where robot_id = ${robotId}`
    expect(commands).toEqual([{ type: 'login' }])
  })

  it('starts a robot at once that is created afterwards, and the assistant of its customer groups', async () => {
    await verify()
    const { db } = database
    const applicationId = await givenApplication(db)
    const kf = await db.transaction(async (tx) => {
      await lendConnector(tx, { connectorId, applicationIds: [applicationId] })
      const robot = { applicationId, username: 'wk2', maxRobots: 0, connection: 'wecom_kf', connectorId } as const
      await updateConnector(tx, { sealer: web.context.sealer, connectorId, isAssistant: true })
      return (await createRobot(tx, { ...robot, settings: web.context.env })).robot
    })
    const [group] =
      await database.sql`select id from robots where connector_id = ${connectorId} and connection = 'wecom_group'`
    for (const id of [kf.id, group?.['id'] as string]) expect(await sessionsOf(id)).toEqual([{ state: 'starting' }])
  })
})

describe('a callback', () => {
  it('a callback is stored before wxbot responds', async () => {
    const response = await post()
    expect(response.status).toBe(200)
    expect(await response.text()).toBe('')
    expect(await stored()).toEqual([{ nonce: '1', open_kfid: 'wk1', sync_token: 'ENC1' }])
  })

  it('wakes the robots of its account, and no others', async () => {
    const woken: string[] = []
    database.onCommit(({ robotIds }) => void woken.push(...robotIds))
    await givenRobot(database.db, { connection: 'wecom_kf', connectorId, wechatUin: 'wk2', username: 'other' })
    const callback = { connectorId, nonce: '9', hint: { openKfId: 'wk1', syncToken: 'ENC1' } }
    await database.db.transaction((tx) => recordCallback(tx, callback))
    expect(woken).toEqual([robotId])
  })

  it('counts once however often it is repeated, also at the same time', async () => {
    const responses = await Promise.all(Array.from({ length: 20 }, () => post()))
    for (const { status } of responses) expect(status).toBe(200)
    expect(await stored()).toHaveLength(1)
    await post({ nonce: '2', text: hint('wk1', 'ENC2') })
    expect(await stored()).toHaveLength(2)
  })

  it('uses its nonce only once it is stored', async () => {
    await database.sql`alter table wecom_callbacks rename to hidden`
    const failed = await post({ nonce: '7' })
    await database.sql`alter table hidden rename to wecom_callbacks`
    expect(failed.status).toBe(500)
    expect((await post({ nonce: '7' })).status).toBe(200)
    expect(await stored()).toMatchObject([{ nonce: '7' }])
  })

  it('a callback of another kind is accepted and ignored', async () => {
    const text =
      '<xml><Event><![CDATA[change_external_chat]]></Event><MemChangeList><Item>wm1</Item></MemChangeList></xml>'
    expect((await post({ text })).status).toBe(200)
    expect(await stored()).toHaveLength(0)
  })

  it.each<[string, Options, ((encrypted: string) => string)?]>([
    ['another signature', { signature: getSignature('other', 1, 1, 'x') }],
    ['no signature', { signature: '' }],
    ['the id of another company', { id: 'ww2' }],
    ['an old time', { timestamp: nowSeconds() - 301 }],
    ['a later time', { timestamp: nowSeconds() + 400 }],
    ['no nonce', { nonce: '' }],
    ['an entity', {}, (encrypted) => `<!DOCTYPE x [<!ENTITY e "1">]><xml><Encrypt>${encrypted}</Encrypt></xml>`],
    ['no XML', {}, () => '{"Encrypt":"x"}'],
    ['XML with other text', { text: 'hello' }],
  ])('a callback with %s is refused and not stored', async (_, options, wrap) => {
    expect((await post(options, wrap)).status).toBe(403)
    expect(await stored()).toHaveLength(0)
  })

  it('the callback route responds 405 to other methods', async () => {
    const response = await route.PUT(new Request('http://wxbot.test/x', { method: 'PUT' }), context({}))
    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toBe('GET, POST')
  })
})
