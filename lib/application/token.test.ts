import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { connectDatabase } from '@/lib/db/client'
import { applications, tokens } from '@/lib/db/schema/application'
import { createSealer } from '@/lib/secret'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'
import { authenticateToken } from '@/lib/application/authenticate-token'
import { changeToken } from '@/lib/application/change-token'
import { createApplication } from '@/lib/application/create-application'
import { issueToken } from '@/lib/application/issue-token'
import { listTokens } from '@/lib/application/list-tokens'
import { revokeToken } from '@/lib/application/revoke-token'
import { repeatAccessToken, separateCallbackToken } from '@/lib/application/callback-token'
import { rotateToken } from '@/lib/application/rotate-token'

const sealer = createSealer([{ id: 'k1', key: Buffer.alloc(32, 7) }])
const daySeconds = 24 * 3600
let database: TestDatabase
let applicationId: string
let first: { tokenId: string; token: string }

beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())
beforeEach(async () => {
  const options = { sealer, name: 'shop', callbackUrl: 'http://example.com/cb' }
  const created = await database.db.transaction((tx) => createApplication(tx, options))
  applicationId = created.applicationId
  first = created
})

const isAccepted = (token: string, db = database.db) =>
  authenticateToken(db, token).then(
    () => true,
    () => false,
  )
const rotate = (tokenId: string, overlapSeconds = daySeconds) =>
  database.db.transaction((tx) => rotateToken(tx, { sealer, tokenId, overlapSeconds }))
const separate = (overlapSeconds = daySeconds) =>
  database.db.transaction((tx) =>
    separateCallbackToken(tx, { sealer, applicationId, name: 'callbacks', overlapSeconds }),
  )
const revoke = (tokenId: string) => database.db.transaction((tx) => revokeToken(tx, { tokenId }))
const viewOf = async (tokenId: string) =>
  (await listTokens(database.db, { applicationId })).find((one) => one.id === tokenId)

/** Ends the current overlaps. */
async function endOverlaps() {
  await database.sql`update tokens set expires_at = clock_timestamp() where expires_at is not null`
  await database.sql`update applications set callback_token_switches_at = clock_timestamp()
    where callback_token_switches_at is not null`
}

/** Returns the token that a callback would contain now, as `claimEvents` selects it. */
async function carried(): Promise<string> {
  const [row] = await database.db
    .select({
      sealed: sql<string>`case when callback_token_switches_at <= clock_timestamp()
        then next_callback_token_sealed else callback_token_sealed end`,
    })
    .from(applications)
    .where(eq(applications.id, applicationId))
  return sealer.open(row!.sealed, `application.callback:${applicationId}`)
}

describe('authenticateToken', () => {
  it('a revoked token is refused at the next call in every process (A3)', async () => {
    const other = connectDatabase(database.url)
    expect(await isAccepted(first.token, other.db)).toBe(true)
    await revoke(first.tokenId)
    expect(await isAccepted(first.token, other.db)).toBe(false)
    await other.close()
  })

  it('an expired token is refused from its expiry (A3)', async () => {
    const expiresAt = new Date(Date.now() + 3600_000)
    const { tokenId, token } = await issueToken(database.db, { applicationId, name: 'guest', expiresAt })
    expect(await isAccepted(token)).toBe(true)
    await database.db.update(tokens).set({ expiresAt: new Date() }).where(eq(tokens.id, tokenId))
    expect(await isAccepted(token)).toBe(false)
    expect(await viewOf(tokenId)).toMatchObject({ state: 'expired' })
  })

  it('records the use at most once per minute under concurrent calls', async () => {
    await database.sql`create table uses (id text)`
    await database.sql`create function note_use() returns trigger language plpgsql as
      'begin insert into uses values (new.id); return new; end'`
    await database.sql`create trigger note_use after update of last_used_at on tokens
      for each row execute function note_use()`
    const uses = async () => (await database.sql`select * from uses where id = ${first.tokenId}`).length
    await Promise.all(Array.from({ length: 30 }, () => authenticateToken(database.db, first.token)))
    expect(await uses()).toBe(1)
    await database.sql`update tokens set last_used_at = last_used_at - interval '61 seconds' where id = ${first.tokenId}`
    await authenticateToken(database.db, first.token)
    expect(await uses()).toBe(3) // the test's own step back, and the new use
  })
})

describe('rotateToken', () => {
  it('both tokens are valid during the overlap, only the new one afterwards, with the same name and limit', async () => {
    const old = await issueToken(database.db, {
      applicationId,
      name: 'till',
      rateLimitPerMinute: 5,
      scopes: ['send', 'read'],
      networks: ['10.0.0.0/8'],
    })
    const rotated = await rotate(old.tokenId)
    expect(rotated.oldEndsAt.getTime() - Date.now()).toBeGreaterThan((daySeconds - 60) * 1000)
    expect([await isAccepted(old.token), await isAccepted(rotated.token)]).toEqual([true, true])
    expect(await viewOf(rotated.tokenId)).toMatchObject({
      name: 'till',
      rateLimitPerMinute: 5,
      expiresAt: null,
      scopes: ['read', 'send'],
      robotIds: null,
      networks: ['10.0.0.0/8'],
    })
    expect(await viewOf(old.tokenId)).toMatchObject({ state: 'active', replacedById: rotated.tokenId })
    await endOverlaps()
    expect([await isAccepted(old.token), await isAccepted(rotated.token)]).toEqual([false, true])
  })

  it('the previous token ends at once without an overlap', async () => {
    const rotated = await rotate(first.tokenId, 0)
    expect([await isAccepted(first.token), await isAccepted(rotated.token)]).toEqual([false, true])
    expect(await carried()).toBe(rotated.token)
  })

  it('never extends the expiry of the previous token', async () => {
    const expiresAt = new Date(Date.now() + 60_000)
    const old = await issueToken(database.db, { applicationId, name: 'short', expiresAt })
    expect((await rotate(old.tokenId)).oldEndsAt).toEqual(expiresAt)
  })

  it('refuses a revoked, expired, replaced, foreign or unknown token, and accepts only one of two concurrent rotations', async () => {
    const both = await Promise.allSettled([rotate(first.tokenId), rotate(first.tokenId)])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const expired = await issueToken(database.db, { applicationId, name: 'old', expiresAt: new Date(0) })
    const revoked = await issueToken(database.db, { applicationId, name: 'lost' })
    await revoke(revoked.tokenId)
    for (const tokenId of [first.tokenId, expired.tokenId, revoked.tokenId])
      await expect(rotate(tokenId)).rejects.toMatchObject({ code: 'INVALID_PARAMETER' })
    await expect(rotate('tok_none')).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const foreign = { sealer, tokenId: first.tokenId, applicationId: 'app_other', overlapSeconds: 0 }
    const rotation = database.db.transaction((tx) => rotateToken(tx, foreign))
    await expect(rotation).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('changeToken', () => {
  const change = (tokenId: string, given: object, owner = applicationId) =>
    database.db.transaction((tx) => changeToken(tx, { applicationId: owner, tokenId, ...given }))

  it('changes name, limit and expiry of the same token, and returns the previous values', async () => {
    const { tokenId, token } = await issueToken(database.db, { applicationId, name: 'till', expiresAt: new Date(0) })
    expect(await isAccepted(token)).toBe(false)
    const expiresAt = new Date(Date.now() + 3600_000)
    const changed = await change(tokenId, { name: 'shop', expiresAt, rateLimitPerMinute: 5 })
    const unlimited = { scopes: null, robotIds: null, networks: null }
    expect(changed.before).toEqual({ name: 'till', expiresAt: new Date(0), rateLimitPerMinute: 600, ...unlimited })
    expect(changed.after).toEqual({ name: 'shop', expiresAt, rateLimitPerMinute: 5, ...unlimited })
    expect(await isAccepted(token)).toBe(true)
    expect((await change(tokenId, {})).after).toEqual(changed.after)
    expect((await change(tokenId, { expiresAt: null })).after).toMatchObject({ name: 'shop', expiresAt: null })
  })

  it('refuses a revoked or foreign token, and a new expiry during an overlap', async () => {
    await rotate(first.tokenId)
    const refused = { code: 'INVALID_PARAMETER', options: { parameter: 'expiresAt' } }
    await expect(change(first.tokenId, { expiresAt: null })).rejects.toMatchObject(refused)
    expect((await change(first.tokenId, { name: 'old' })).after).toMatchObject({ name: 'old' })
    await revoke(first.tokenId)
    await expect(change(first.tokenId, { name: 'x' })).rejects.toMatchObject({ code: 'INVALID_PARAMETER' })
    await expect(change(first.tokenId, { name: 'x' }, 'app_other')).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('the callback token (A12)', () => {
  it('the callback token is the first token of the application, also after others are issued', async () => {
    await issueToken(database.db, { applicationId, name: 'second' })
    expect(await carried()).toBe(first.token)
    expect(await viewOf(first.tokenId)).toMatchObject({ isInCallbacks: true, inCallbacksFrom: null })
  })

  it('switches at the end of the overlap after a rotation, and can be rotated again', async () => {
    const second = await rotate(first.tokenId)
    expect(await carried()).toBe(first.token)
    expect(await viewOf(second.tokenId)).toMatchObject({ isInCallbacks: false, inCallbacksFrom: second.oldEndsAt })
    await endOverlaps()
    expect(await carried()).toBe(second.token)
    expect(await viewOf(second.tokenId)).toMatchObject({ isInCallbacks: true, inCallbacksFrom: null })
    const third = await rotate(second.tokenId)
    expect(await carried()).toBe(second.token)
    await endOverlaps()
    expect(await carried()).toBe(third.token)
  })

  it('the callback token is unchanged when another token is rotated', async () => {
    const other = await issueToken(database.db, { applicationId, name: 'second' })
    await rotate(other.tokenId, 0)
    expect(await carried()).toBe(first.token)
  })

  it('switches at once when the previous token is revoked during the overlap', async () => {
    const second = await rotate(first.tokenId)
    await revoke(first.tokenId)
    expect(await carried()).toBe(second.token)
  })

  it('the callback token does not switch to a token that is revoked during the overlap', async () => {
    const second = await rotate(first.tokenId)
    await revoke(second.tokenId)
    await endOverlaps()
    expect(await carried()).toBe(first.token)
  })

  it('the callback token can be callback-only: it does not open the API, rotates separately, and replaces the previous one', async () => {
    const own = await separate()
    expect([await carried(), await isAccepted(own.token)]).toEqual([first.token, false])
    await endOverlaps()
    await rotate(first.tokenId, 0)
    expect(await carried()).toBe(own.token)
    const next = await separate(0)
    expect(await carried()).toBe(next.token)
    expect(await viewOf(own.tokenId)).toMatchObject({ state: 'expired', replacedById: next.tokenId })
    const rotated = await rotate(next.tokenId, 0)
    expect([await carried(), await isAccepted(rotated.token)]).toEqual([rotated.token, false])
  })

  it('the callback token can be an access token again if the caller presents it', async () => {
    const repeat = (token: string, overlapSeconds = daySeconds) =>
      database.db.transaction((tx) => repeatAccessToken(tx, { sealer, applicationId, token, overlapSeconds }))
    const own = await separate(0)
    const other = await issueToken(database.db, { applicationId, name: 'second' })
    expect(await repeat(other.token)).toEqual({ tokenId: other.tokenId })
    expect(await carried()).toBe(own.token)
    await endOverlaps()
    expect(await carried()).toBe(other.token)
    expect(await viewOf(own.tokenId)).toMatchObject({ state: 'expired', replacedById: other.tokenId })
    const lost = await issueToken(database.db, { applicationId, name: 'lost' })
    await revoke(lost.tokenId)
    for (const token of [own.token, lost.token, 'wx_none'])
      await expect(repeat(token, 0)).rejects.toMatchObject({ options: { parameter: 'token' } })
    expect(await carried()).toBe(other.token)
  })

  it('the callback token cannot be issued for an unknown application', async () => {
    const options = { sealer, applicationId: 'app_none', name: 'x', overlapSeconds: 0 }
    const separating = database.db.transaction((tx) => separateCallbackToken(tx, options))
    await expect(separating).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})

it('A3: the default limit of a token is 600 calls per minute', async () => {
  const { tokenId } = await issueToken(database.db, { applicationId, name: 'plain' })
  const [row] = await database.db.select().from(tokens).where(eq(tokens.id, tokenId))
  expect(row?.rateLimitPerMinute).toBe(600)
})
