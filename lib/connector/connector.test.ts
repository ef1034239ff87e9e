import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { requestCheck, listLateChecks, readDueCheck, recordCheck } from '@/lib/connector/check-connector'
import { newConnector } from '@/lib/connector/connector-types'
import { createConnector } from '@/lib/connector/create-connector'
import {
  findAssistantConnector,
  findConnectorByCallbackKey,
  getConnectorOrThrow,
  openCallbackKey,
  openConnectorSecrets,
} from '@/lib/connector/find-connector'
import { lendConnector, listBorrowers, setDefaultConnector } from '@/lib/connector/lend-connector'
import { listConnectors, listLentConnectors } from '@/lib/connector/list-connectors'
import { removeConnector } from '@/lib/connector/remove-connector'
import { updateConnector } from '@/lib/connector/update-connector'
import type { Tx } from '@/lib/db/client'
import { connectors } from '@/lib/db/schema/connector'
import { updateRobot } from '@/lib/robot/update-robot'
import { createSealer } from '@/lib/secret'
import { givenApplication, givenConnector, givenRobot } from '@/lib/testing/factories'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'

const sealer = createSealer([{ id: 'k1', key: Buffer.alloc(32, 7) }])
let database: TestDatabase
let count = 0
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

const wecomSecrets = { agentSecret: 'agent-secret-1', callbackToken: 'callbackToken1', callbackAesKey: 'k'.repeat(43) }
const wecom = (name = `企业 ${++count}`) =>
  newConnector.parse({ type: 'wecom', name, settings: { corpId: 'ww12' }, secrets: wecomSecrets })
const gateway = (isRiskAccepted = true) =>
  newConnector.parse({
    type: 'gateway',
    name: `网关 ${++count}`,
    settings: { baseUrl: 'https://gw.example/' },
    secrets: { token: 'gateway-token' },
    isRiskAccepted,
  })
const create = (connector = wecom(), applicationIds: string[] = []) =>
  database.db.transaction((tx) => createConnector(tx, { sealer, connector, applicationIds }))

const inTx = <T>(act: (tx: Tx) => Promise<T>): Promise<T> => database.db.transaction(act)

describe('createConnector', () => {
  it('stores secrets and the callback key only sealed or hashed, and opens them again', async () => {
    const { connectorId, callbackKey } = await create()
    const rows = JSON.stringify(await database.db.select().from(connectors))
    for (const secret of [...Object.values(wecomSecrets), callbackKey]) expect(rows).not.toContain(secret)
    expect(await openConnectorSecrets(database.db, { sealer, connectorId })).toMatchObject({
      type: 'wecom',
      settings: { corpId: 'ww12' },
      secrets: wecomSecrets,
      callbackKey,
    })
    expect(await openCallbackKey(database.db, { sealer, connectorId })).toBe(callbackKey)
  })

  it('finds a connector by its callback key and type only', async () => {
    const { connectorId, callbackKey } = await create(gateway())
    const find = (type: 'wecom' | 'gateway', key: string) =>
      findConnectorByCallbackKey(database.db, { sealer, type, callbackKey: key })
    expect(await find('gateway', callbackKey)).toMatchObject({
      id: connectorId,
      settings: { baseUrl: 'https://gw.example', tokenHeader: 'X-GEWE-TOKEN', pathPrefix: '/gewe/v2/api' },
    })
    expect(await find('wecom', callbackKey)).toBeNull()
    expect(await find('gateway', 'x')).toBeNull()
  })

  it('refuses a taken name, a gateway whose risk is not accepted, and an unknown application', async () => {
    await create(wecom('同名'))
    await expect(create(wecom('同名'))).rejects.toMatchObject({ options: { reason: 'connector_name_taken' } })
    await expect(create(gateway(false))).rejects.toMatchObject({ options: { reason: 'connector_risk' } })
    await expect(create(wecom(), ['app_none'])).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('updateConnector', () => {
  it('changes given fields only, keeps the other secrets, and makes the last check void', async () => {
    const { connectorId } = await create()
    await inTx((tx) => recordCheck(tx, { connectorId, requestedAt: new Date(), problems: [] }))
    const change = {
      connectorId,
      settings: { corpId: 'ww99' },
      secrets: { agentSecret: 'other', callbackToken: undefined },
    }
    await inTx((tx) => updateConnector(tx, { sealer, ...change }))
    expect(await openConnectorSecrets(database.db, { sealer, connectorId })).toMatchObject({
      settings: { corpId: 'ww99' },
      secrets: { ...wecomSecrets, agentSecret: 'other' },
    })
    expect(await getConnectorOrThrow(database.db, { connectorId })).toMatchObject({ checkedAt: null, problems: null })
  })

  it('marks a wecom connector as assistant, whose name no assistant robot may have', async () => {
    const applicationIds = [await givenApplication(database.db)]
    const { connectorId } = await create(wecom('助手一'), applicationIds)
    const mark = (id: string) => inTx((tx) => updateConnector(tx, { sealer, connectorId: id, isAssistant: true }))
    await mark(connectorId)
    expect(await findAssistantConnector(database.db, { name: '助手一' })).toMatchObject({ id: connectorId })
    const robotId = await givenRobot(database.db, { username: '助手一' })
    await expect(updateRobot(database.db, { robotId, isAssistant: true })).rejects.toMatchObject({
      options: { reason: 'assistant_exists' },
    })
    await givenRobot(database.db, { username: '助手二', isAssistant: true })
    await expect(mark((await create(wecom('助手二'))).connectorId)).rejects.toMatchObject({
      options: { reason: 'assistant_exists' },
    })
    await expect(mark((await create(gateway())).connectorId)).rejects.toMatchObject({
      options: { reason: 'connector_not_assistant' },
    })
  })

  it('refuses a taken name, and rejects a setting that does not fit', async () => {
    const { connectorId } = await create()
    await create(wecom('占用'))
    await expect(inTx((tx) => updateConnector(tx, { sealer, connectorId, name: '占用' }))).rejects.toMatchObject({
      options: { reason: 'connector_name_taken' },
    })
    const change = { connectorId, settings: { corpId: '' } }
    await expect(inTx((tx) => updateConnector(tx, { sealer, ...change }))).rejects.toThrow('corpId')
  })
})

describe('lendConnector', () => {
  it('replaces the applications, and is refused while one that loses it has robots on it', async () => {
    const [first, second] = [await givenApplication(database.db), await givenApplication(database.db)]
    const { connectorId } = await create(wecom(), [first])
    await inTx((tx) => lendConnector(tx, { connectorId, applicationIds: [second] }))
    expect(await inTx((tx) => listBorrowers(tx, { connectorId }))).toEqual([second])
    await givenRobot(database.db, { applicationId: second, connection: 'wecom_kf', connectorId })
    await expect(inTx((tx) => lendConnector(tx, { connectorId, applicationIds: [] }))).rejects.toMatchObject({
      code: 'ILLEGAL_ACTION',
      options: { params: { count: 1 } },
    })
    expect((await listConnectors(database.db)).find(({ id }) => id === connectorId)).toMatchObject({
      robotCount: 1,
      applicationIds: [second],
    })
  })

  it('sets one default of an application, which must have the connector', async () => {
    const applicationId = await givenApplication(database.db)
    const [a, b] = [
      await givenConnector(database.db, { name: 'a', applicationIds: [applicationId] }),
      await givenConnector(database.db, { name: 'b', applicationIds: [applicationId] }),
    ]
    const choose = (connectorId: string | null) => inTx((tx) => setDefaultConnector(tx, { applicationId, connectorId }))
    await choose(a)
    await choose(b)
    expect(await listLentConnectors(database.db, { applicationId })).toMatchObject([
      { id: a, isDefault: false },
      { id: b, isDefault: true },
    ])
    await expect(choose('cnr_none')).rejects.toMatchObject({ options: { reason: 'connector_not_lent' } })
  })
})

describe('removeConnector', () => {
  it('is refused while a robot uses it, and allowed once the robot is deleted', async () => {
    const { connectorId } = await create()
    const remove = () => inTx((tx) => removeConnector(tx, { connectorId }))
    await givenRobot(database.db, { connectorId, connection: 'wecom_kf', username: 'bound' })
    await expect(remove()).rejects.toMatchObject({ code: 'ILLEGAL_ACTION' })
    await database.sql`update robots set deleted_at = now() where connector_id = ${connectorId}`
    await remove()
    await expect(remove()).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('a check', () => {
  it('is due from its request until its result, and late after some seconds', async () => {
    const { connectorId } = await create()
    const due = () => readDueCheck(database.db, { connectorId })
    expect(await due()).toBeNull()
    await inTx((tx) => requestCheck(tx, { connectorId }))
    expect(await due()).toBeInstanceOf(Date)
    expect(await listLateChecks(database.db)).not.toContain(connectorId)
    await database.sql`update connectors set check_requested_at = date_trunc('second', now()) - interval '6 seconds' where id = ${connectorId}`
    expect(await listLateChecks(database.db)).toContain(connectorId)
    const problems = [{ reason: 'connector_check_timeout', params: { seconds: 20 } }] as const
    const requestedAt = (await due())!
    await inTx((tx) => recordCheck(tx, { connectorId, requestedAt, problems: [...problems] }))
    expect(await due()).toBeNull()
    expect(await getConnectorOrThrow(database.db, { connectorId })).toMatchObject({ problems })
  })
})
