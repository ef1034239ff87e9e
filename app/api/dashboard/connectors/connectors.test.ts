import { and, asc, eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { openConnectorSecrets } from '@/lib/connector/find-connector'
import { auditEntries } from '@/lib/db/schema/operator'
import { webContext } from '@/lib/http/web-context'
import { givenApplication, givenConnector, givenRobot } from '@/lib/testing/factories'
import { useDashboard } from '@/lib/testing/use-dashboard'
import * as application from '@/app/api/dashboard/applications/[applicationId]/route'
import * as connections from '@/app/api/dashboard/applications/[applicationId]/connections/route'
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
      { type: 'wecom', name: expect.any(String), corpId: 'ww12', groupPrefix: '', applicationIds: [applicationId] },
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

  it('does not take a connector from an application that has robots on it, or remove it', async () => {
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

describe("an application's default connection", () => {
  it('is set with a connector that it may use, and audited', async () => {
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
