import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chooseConnector } from '@/lib/connector/choose-connector'
import { setDefaultConnector } from '@/lib/connector/lend-connector'
import type { RobotConnection } from '@/lib/db/types'
import { givenApplication, givenConnector } from '@/lib/testing/factories'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'

let database: TestDatabase
let applicationId: string
let company: string
let gateway: string
let foreign: string
beforeAll(async () => {
  database = await createTestDatabase()
  applicationId = await givenApplication(database.db)
  company = await givenConnector(database.db, { applicationIds: [applicationId] })
  gateway = await givenConnector(database.db, { type: 'gateway', applicationIds: [applicationId] })
  foreign = await givenConnector(database.db, { applicationIds: [await givenApplication(database.db)] })
})
afterAll(() => database.drop())

const choose = (connection: RobotConnection, connectorId?: string) =>
  chooseConnector(database.db, { applicationId, connection, connectorId })

describe('chooseConnector', () => {
  it('returns the requested connector that the application may use and whose type fits', async () => {
    expect(await choose('wecom_kf', company)).toBe(company)
    expect(await choose('gateway', gateway)).toBe(gateway)
    expect(await choose('web')).toBeNull()
    expect(await choose('ilink')).toBeNull()
  })

  it('names connector_id when it is missing, of another application, unknown, or of another type', async () => {
    const refusals = [
      [() => choose('wecom_kf'), 'connector_required'],
      [() => choose('wecom_kf', foreign), 'connector_not_lent'],
      [() => choose('wecom_kf', 'cnr_none'), 'connector_not_lent'],
      [() => choose('wecom_kf', gateway), 'connector_not_fitting'],
      [() => choose('ilink', company), 'connector_not_fitting'],
    ] as const
    for (const [refusal, reason] of refusals)
      await expect(refusal()).rejects.toMatchObject({
        code: 'INVALID_PARAMETER',
        options: { parameter: 'connector_id', reason },
      })
  })

  it('uses the default of the application for connections of its type only', async () => {
    await database.db.transaction((tx) => setDefaultConnector(tx, { applicationId, connectorId: company }))
    expect(await choose('wecom_kf')).toBe(company)
    await expect(choose('gateway')).rejects.toMatchObject({ options: { reason: 'connector_required' } })
  })
})
