import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApplication } from '@/lib/application/create-application'
import { showSigningSecret } from '@/lib/application/signing-secret'
import { createConnector } from '@/lib/connector/create-connector'
import { newConnector } from '@/lib/connector/connector-types'
import { openConnectorSecrets } from '@/lib/connector/find-connector'
import { sessions } from '@/lib/db/schema/session'
import { createQun } from '@/lib/qun/create-qun'
import { openOwnerKey } from '@/lib/qun/owner-key'
import { findReplySettings, openModelKey, updateReplySettings } from '@/lib/reply/reply-settings'
import { countSecretsByKey, resealSecrets } from '@/lib/sealed/reseal-secrets'
import { expiringSealedColumns, sealedColumns } from '@/lib/sealed/sealed-columns'
import { createSealer } from '@/lib/secret'
import { givenRobot, givenSession } from '@/lib/testing/factories'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'

let database: TestDatabase
beforeAll(async () => void (database = await createTestDatabase()))
afterAll(() => database.drop())

const newKey = (id: string) => ({ id, key: randomBytes(32) })
const [k1, k2] = [newKey('k1'), newKey('k2')]

describe('the list of sealed columns', () => {
  it('names every column of the database that holds a sealed secret', async () => {
    const columns = await database.sql<{ table: string; column: string }[]>`
      select table_name as table, column_name as column from information_schema.columns
        where table_schema = 'public' and (column_name like '%\_sealed' or column_name = 'owner_key') order by 1, 2`
    const listed = [...sealedColumns, ...expiringSealedColumns].map(({ table, column }) => `${table}.${column}`)
    expect(columns.map(({ table, column }) => `${table}.${column}`)).toEqual(listed.sort())
  })
})

describe('resealSecrets', () => {
  it('seals every secret with the new key, so that the old key is no longer needed', async () => {
    const { db } = database
    const sealer = createSealer([k1])
    const name = '密钥'
    const { applicationId, signingSecret } = await db.transaction((tx) =>
      createApplication(tx, { sealer, name, callbackUrl: null }),
    )
    await db.transaction((tx) => updateReplySettings(tx, { sealer, applicationId, modelKey: 'sk-1' }))
    const secrets = { agentSecret: 'agent', callbackToken: 'token', callbackAesKey: 'k'.repeat(43) }
    const connector = newConnector.parse({ type: 'wecom', name, settings: { corpId: 'ww1' }, secrets })
    const { connectorId } = await db.transaction((tx) => createConnector(tx, { sealer, connector, applicationIds: [] }))
    const robotId = await givenRobot(db, { applicationId })
    const sessionId = await givenSession(db, { robotId })
    await db.update(sessions).set({ credentialsSealed: sealer.seal('credentials', `session:${sessionId}`) })
    const input = { robotId, groupCode: '0E7D6D8FB6C3|8888', ownerName: '王姐', nameTemplate: '{number}', sealer }
    const qun = await db.transaction((tx) => createQun(tx, input))
    const ownerKey = openOwnerKey(sealer, qun)
    const damaged = await givenRobot(db)
    await givenSession(db, { robotId: damaged, credentialsSealed: 'k0.a.b.c' })

    const before = await countSecretsByKey(db)
    const both = createSealer([k2, k1])
    const count = before.find(({ keyId }) => keyId === 'k1')?.count
    expect(await resealSecrets(db, { sealer: both, currentKeyId: 'k2' })).toEqual({
      resealedCount: count,
      unreadableCount: 1,
    })
    expect(await countSecretsByKey(db)).toEqual([
      { keyId: 'k0', count: 1 },
      { keyId: 'k2', count },
    ])
    expect(await resealSecrets(db, { sealer: both, currentKeyId: 'k2' })).toMatchObject({ resealedCount: 0 })

    const onlyNew = createSealer([k2])
    expect(await showSigningSecret(db, { sealer: onlyNew, applicationId })).toEqual({ signingSecret })
    expect(await openConnectorSecrets(db, { sealer: onlyNew, connectorId })).toMatchObject({ secrets })
    const settings = await findReplySettings(db, { applicationId })
    expect(settings && openModelKey(settings, onlyNew)).toBe('sk-1')
    const [stored] = await database.sql`select id, owner_key as "ownerKey" from quns`
    expect(openOwnerKey(onlyNew, stored as { id: string; ownerKey: string })).toBe(ownerKey)
    const [session] = await database.sql`select credentials_sealed as sealed from sessions where id = ${sessionId}`
    expect(onlyNew.open(session!['sealed'], `session:${sessionId}`)).toBe('credentials')
  })
})
