import { and, asc, eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { openConnectorSecrets } from '@/lib/connector/find-connector'
import { auditEntries } from '@/lib/db/schema/operator'
import { quns } from '@/lib/db/schema/qun'
import { webContext } from '@/lib/http/web-context'
import { createQun } from '@/lib/qun/create-qun'
import { givenApplication, givenConnector, givenRobot, givenRoom } from '@/lib/testing/factories'
import { useDashboard } from '@/lib/testing/use-dashboard'
import * as application from '@/app/api/dashboard/applications/[applicationId]/route'
import * as connections from '@/app/api/dashboard/applications/[applicationId]/connections/route'
import * as pool from '@/app/api/dashboard/connectors/[connectorId]/pool/route'
import * as connector from '@/app/api/dashboard/connectors/[connectorId]/route'
import * as connectors from '@/app/api/dashboard/connectors/route'

const test = useDashboard()
const { asAdmin, call } = test
let count = 0
const wecom = () => ({
  type: 'wecom',
  name: `企业 ${++count}`,
  settings: { corpId: 'ww12', baseUrl: '', tokenHeader: '', pathPrefix: '' },
  secrets: { agentSecret: 'agent-secret', callbackToken: 'tk', callbackAesKey: 'k'.repeat(43), token: '' },
  applicationIds: [] as string[],
})
const gateway = (isRiskAccepted: boolean) => ({
  type: 'gateway',
  name: `网关 ${++count}`,
  settings: { baseUrl: 'https://gw.example/', tokenHeader: 'X-GEWE-TOKEN', pathPrefix: '' },
  secrets: { token: 'gateway-token' },
  isRiskAccepted,
  applicationIds: [],
})
const create = async (body: object) =>
  (await asAdmin(connectors.POST, 'POST', { body })).body as { connectorId: string }
const entriesOf = async (targetId: string, action: string) => {
  const isIt = and(eq(auditEntries.targetId, targetId), eq(auditEntries.action, action))
  const entries = await test.db.select().from(auditEntries).where(isIt).orderBy(asc(auditEntries.id))
  return entries.map(({ detail }) => detail)
}

describe('/connectors', () => {
  it('creates one of either type, and shows its callback URL to an admin but not to a viewer', async () => {
    const applicationId = await givenApplication(test.db, { name: '店' })
    const { connectorId } = await create({ ...wecom(), applicationIds: [applicationId] })
    const ids = { connectorId }
    expect((await asAdmin(connector.GET, 'GET', { ids })).body).toMatchObject({
      type: 'wecom',
      settings: { corpId: 'ww12' },
      callbackUrl: expect.stringMatching(/\/v1\/wecom\/\w{22}\/callback$/),
      check: 'unchecked',
      applicationIds: [applicationId],
    })
    const seen = await call(connector.GET, 'GET', { ids, cookie: test.cookieOf.viewer })
    expect(seen).toMatchObject({ status: 200, body: { callbackUrl: null } })
    expect((await asAdmin(connectors.GET, 'GET')).body).toMatchObject([
      { id: connectorId, robotCount: 0, applicationNames: ['店'] },
    ])
    expect(await entriesOf(connectorId, 'connector.create')).toEqual([
      {
        type: 'wecom',
        name: expect.any(String),
        corpId: 'ww12',
        groupPrefix: '',
        groupOwners: '',
        applicationIds: [applicationId],
      },
    ])
  })

  it('refuses a gateway until the risk is accepted, naming the field', async () => {
    expect(await asAdmin(connectors.POST, 'POST', { body: gateway(false) })).toMatchObject({
      status: 400,
      body: { error: { parameter: 'isRiskAccepted', reason: 'connector_risk' } },
    })
    expect(await create(gateway(true))).toMatchObject({ connectorId: expect.stringMatching(/^cnr_/) })
  })

  it('names a malformed setting by its path', async () => {
    const body = { ...wecom(), secrets: { ...wecom().secrets, callbackAesKey: 'short' } }
    expect(await asAdmin(connectors.POST, 'POST', { body })).toMatchObject({
      status: 400,
      body: { error: { parameter: 'secrets.callbackAesKey' } },
    })
  })
})

describe('/connectors/[connectorId]', () => {
  it('keeps secrets that are left empty, and audits changed fields and the names of replaced secrets only', async () => {
    const { connectorId } = await create(wecom())
    const body = {
      type: 'wecom',
      settings: { corpId: 'ww99' },
      secrets: { agentSecret: 'next-secret', callbackToken: '', callbackAesKey: '' },
    }
    expect(await asAdmin(connector.PATCH, 'PATCH', { ids: { connectorId }, body })).toMatchObject({ status: 200 })
    expect(await openConnectorSecrets(test.db, { sealer: webContext().sealer, connectorId })).toMatchObject({
      settings: { corpId: 'ww99' },
      secrets: { agentSecret: 'next-secret', callbackToken: 'tk' },
    })
    expect(await entriesOf(connectorId, 'connector.update')).toEqual([
      { changedSecrets: ['agentSecret'] },
      { corpId: { from: 'ww12', to: 'ww99' } },
    ])
    const other = { type: 'gateway', name: 'x' }
    expect(await asAdmin(connector.PATCH, 'PATCH', { ids: { connectorId }, body: other })).toMatchObject({
      status: 404,
    })
  })

  it('a connector is not taken from an application that has robots on it, nor removed', async () => {
    const applicationId = await givenApplication(test.db)
    const { connectorId } = await create({ ...wecom(), applicationIds: [applicationId] })
    await givenRobot(test.db, { applicationId, connectorId, connection: 'wecom_kf' })
    const ids = { connectorId }
    const inUse = { status: 409, body: { error: { reason: 'connector_in_use' } } }
    const body = { type: 'wecom', applicationIds: [] }
    expect(await asAdmin(connector.PATCH, 'PATCH', { ids, body })).toMatchObject(inUse)
    expect(await asAdmin(connector.DELETE, 'DELETE', { ids })).toMatchObject(inUse)
  })

  it('removes an unused connector and records its name', async () => {
    const body = wecom()
    const { connectorId } = await create(body)
    expect(await asAdmin(connector.DELETE, 'DELETE', { ids: { connectorId } })).toMatchObject({ status: 200 })
    expect(await entriesOf(connectorId, 'connector.remove')).toEqual([{ name: body.name }])
  })
})

describe('/connectors/[connectorId]/pool', () => {
  const assistant = async () => {
    const settings = { corpId: 'ww12', groupPrefix: '商户' }
    const connectorId = await givenConnector(test.db, { settings, isAssistant: true })
    const robotId = await givenRobot(test.db, { connectorId, connection: 'wecom_group', isAssistant: true })
    return { ids: { connectorId }, robotId }
  }
  const givenQun = (robotId: string, groupCode: string) =>
    test.db.transaction((tx) =>
      createQun(tx, {
        robotId,
        groupCode,
        ownerName: '宋公明',
        nameTemplate: '{owner}的群 {number}',
        sealer: webContext().sealer,
      }),
    )

  it('lists the customer groups of the company as free, in the pool, or taken by a merchant group', async () => {
    const { ids, robotId } = await assistant()
    await givenRoom(test.db, { robotId, name: '别的群', username: 'wr1' })
    await givenRoom(test.db, { robotId, name: '商户 1', username: 'wr2' })
    const roomId = await givenRoom(test.db, { robotId, name: '商户 2', username: 'wr3' })
    const { id: qunId } = await givenQun(robotId, 'taken')
    await test.db.update(quns).set({ roomId, state: 'open' }).where(eq(quns.id, qunId))
    await asAdmin(pool.PATCH, 'PATCH', { ids, body: { chatId: 'wr9', isIn: true } })
    const rows = [
      { chatId: 'wr2', name: '商户 1', state: 'in_pool', isAdded: false, hasPrefix: true, qun: null },
      { chatId: 'wr9', name: null, state: 'in_pool', isAdded: true, hasPrefix: false, qun: null },
      { chatId: 'wr1', name: '别的群', state: 'free', isAdded: false, hasPrefix: false, qun: null },
      { chatId: 'wr3', name: '商户 2', state: 'taken', qun: { id: qunId, name: '宋公明的群' } },
    ]
    expect((await call(pool.GET, 'GET', { ids, cookie: test.cookieOf.viewer })).body).toMatchObject({
      groups: rows,
      total: 4,
    })
  })

  it('puts a group in and takes it out, audits both, and makes waiting merchant groups look again', async () => {
    const { ids, robotId } = await assistant()
    await givenRoom(test.db, { robotId, name: '别的群', username: 'wr1' })
    const { id: qunId } = await givenQun(robotId, 'waiting')
    const retryAt = new Date(Date.now() + 3600_000)
    const waiting = { isLookupDue: false, failureReason: 'group_pool_empty', retryAt } as const
    await test.db.update(quns).set(waiting).where(eq(quns.id, qunId))
    const set = (isIn: boolean) => asAdmin(pool.PATCH, 'PATCH', { ids, body: { chatId: 'wr1', isIn } })
    const state = async () => (await asAdmin(pool.GET, 'GET', { ids })).body['groups']
    expect(await set(true)).toMatchObject({ status: 200 })
    expect(await state()).toMatchObject([{ chatId: 'wr1', state: 'in_pool', isAdded: true }])
    const isIts = eq(quns.id, qunId)
    expect(await test.db.select().from(quns).where(isIts)).toMatchObject([{ isLookupDue: true, retryAt: null }])
    await set(false)
    expect(await state()).toMatchObject([{ chatId: 'wr1', state: 'free' }])
    expect(await entriesOf(ids.connectorId, 'connector.update')).toEqual([
      { addedGroup: 'wr1' },
      { removedGroup: 'wr1' },
    ])
  })

  it('refuses a malformed group id, a gateway, and a viewer', async () => {
    const { ids } = await assistant()
    const body = { chatId: 'a b', isIn: true }
    expect(await asAdmin(pool.PATCH, 'PATCH', { ids, body })).toMatchObject({
      status: 400,
      body: { error: { parameter: 'chatId' } },
    })
    const gatewayId = await givenConnector(test.db, { type: 'gateway' })
    const other = { ids: { connectorId: gatewayId }, body: { chatId: 'wr1', isIn: true } }
    expect(await asAdmin(pool.PATCH, 'PATCH', other)).toMatchObject({ status: 400 })
    expect(await call(pool.PATCH, 'PATCH', { ...other, ids, cookie: test.cookieOf.viewer })).toMatchObject({
      status: 403,
    })
  })
})

describe("an application's default connection", () => {
  it('an application’s default connection is set with a connector that it may use, and audited', async () => {
    const applicationId = await givenApplication(test.db)
    const connectorId = await givenConnector(test.db, { applicationIds: [applicationId] })
    const ids = { applicationId }
    const change = (body: object) => asAdmin(application.PATCH, 'PATCH', { ids, body })
    await change({ defaultConnection: 'ilink', defaultConnectorId: connectorId })
    expect((await asAdmin(connections.GET, 'GET', { ids })).body).toMatchObject({
      applicationDefault: 'ilink',
      connectors: [{ id: connectorId, isDefault: true }],
    })
    expect(await entriesOf(applicationId, 'application.update')).toEqual([
      { defaultConnection: { from: null, to: 'ilink' }, defaultConnectorId: { from: null, to: connectorId } },
    ])
    await change({ defaultConnection: '', defaultConnectorId: '' })
    expect((await asAdmin(connections.GET, 'GET', { ids })).body).toMatchObject({
      applicationDefault: null,
      connectors: [{ isDefault: false }],
    })
    expect(await change({ defaultConnectorId: 'cnr_none' })).toMatchObject({ status: 400 })
  })
})
