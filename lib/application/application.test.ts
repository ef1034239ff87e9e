import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { applications, tokens } from '@/lib/db/schema/application'
import { createSealer } from '@/lib/secret'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'
import { givenRobot } from '@/lib/testing/factories'
import { authenticateToken } from '@/lib/application/authenticate-token'
import { createApplication } from '@/lib/application/create-application'
import { issueToken } from '@/lib/application/issue-token'
import { listApplications } from '@/lib/application/list-applications'
import { listTokens } from '@/lib/application/list-tokens'
import { revokeToken } from '@/lib/application/revoke-token'
import { updateApplication } from '@/lib/application/update-application'

const sealer = createSealer([{ id: 'k1', key: Buffer.alloc(32, 7) }])
let database: TestDatabase
const create = (name = 'shop') =>
  database.db.transaction((tx) => createApplication(tx, { sealer, name, callbackUrl: 'http://example.com/cb' }))

beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

describe('createApplication', () => {
  it('stores token and signing secret only hashed or sealed, and opens them for callbacks', async () => {
    const { applicationId, token, signingSecret } = await create()
    const rows = [...(await database.db.select().from(applications)), ...(await database.db.select().from(tokens))]
    expect(JSON.stringify(rows)).not.toContain(token)
    expect(JSON.stringify(rows)).not.toContain(signingSecret)
    const [row] = await database.db.select().from(applications)
    expect(sealer.open(row!.callbackTokenSealed, `application.callback:${applicationId}`)).toBe(token)
    expect(sealer.open(row!.signingSecretSealed, `application.signing:${applicationId}`)).toBe(signingSecret)
  })
})

describe('tokens', () => {
  it('belong to their application, record their use, and are invalid immediately after revocation', async () => {
    const { applicationId } = await create()
    const issued = await issueToken(database.db, { applicationId, name: 'second', rateLimitPerMinute: 5 })
    expect(await authenticateToken(database.db, issued.token)).toEqual({
      applicationId,
      tokenId: issued.tokenId,
      rateLimitPerMinute: 5,
      scopes: null,
      robotIds: null,
      networks: null,
    })
    const [newest] = await listTokens(database.db, { applicationId })
    expect(newest).toMatchObject({ id: issued.tokenId, lastFour: issued.token.slice(-4) })
    expect(newest?.lastUsedAt).toBeInstanceOf(Date)
    await revokeToken(database.db, { tokenId: issued.tokenId })
    await expect(authenticateToken(database.db, issued.token)).rejects.toMatchObject({ code: 'TOKEN_UNKNOWN' })
    expect(await revokeToken(database.db, { tokenId: issued.tokenId })).toMatchObject({ tokenId: issued.tokenId })
  })

  it('tokens cannot be revoked by another application or issued for an unknown one', async () => {
    const { tokenId } = await create()
    await expect(revokeToken(database.db, { tokenId, applicationId: 'app_other' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    await expect(issueToken(database.db, { applicationId: 'app_none', name: 'x' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
  })
})

describe('updateApplication, listApplications', () => {
  it('changes only the given fields, and a disabled application can be enabled again', async () => {
    const { applicationId } = await create()
    const disabled = await updateApplication(database.db, { applicationId, isDisabled: true, roomScope: 'all' })
    expect(disabled).toMatchObject({ name: 'shop', roomScope: 'all', callbackUrl: 'http://example.com/cb' })
    expect(disabled.disabledAt).toBeInstanceOf(Date)
    const enabled = await updateApplication(database.db, { applicationId, isDisabled: false, callbackUrl: null })
    expect(enabled).toMatchObject({ disabledAt: null, callbackUrl: null, roomScope: 'all' })
    expect(await updateApplication(database.db, { applicationId })).toEqual(enabled)
  })

  it('counts the robots and valid tokens of each application', async () => {
    const { applicationId } = await create('counted')
    await issueToken(database.db, { applicationId, name: 'expired', expiresAt: new Date(0) })
    await givenRobot(database.db, { applicationId })
    await givenRobot(database.db, { applicationId, deletedAt: new Date() })
    const listed = (await listApplications(database.db)).find((one) => one.id === applicationId)
    expect(listed).toMatchObject({ name: 'counted', robotCount: 1, tokenCount: 1 })
  })
})
