import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { auditEntries, operators, operatorSessions, signInFailures } from '@/lib/db/schema/operator'
import { createOperator } from '@/lib/operator/create-operator'
import { listOperators } from '@/lib/operator/list-operators'
import { recordSignInFailure } from '@/lib/operator/record-sign-in-failure'
import { deleteExpiredSessions, endSession, listSessions, useSession } from '@/lib/operator/operator-session'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'
import { checkPassword } from '@/lib/auth/check-password'
import { verifySignIn } from '@/lib/auth/verify-sign-in'
import { deviceCookie, newDeviceId, readDeviceId } from '@/lib/auth/device-cookie'
import { signIn, signOut } from '@/lib/auth/sign-in'

let database: TestDatabase
let operatorId: string
const email = 'admin@wxbot.local'
const password = 'correct horse 电池'
const limits = { SESSION_HOURS: 12, SESSION_IDLE_MINUTES: 30 }
const from = { peerAddress: '10.0.0.1', userAgent: 'Firefox', deviceId: 'device-1' }

beforeAll(async () => {
  database = await createTestDatabase()
  operatorId = (await createOperator(database.db, { email, password })).operatorId
})
afterAll(() => database.drop())
beforeEach(async () => {
  await database.db.delete(operatorSessions)
  await database.db.delete(signInFailures)
})

const enter = async () => (await signIn(database.db, { operatorId, email, limits, ...from })).secret
const find = async (secret: string, isBackground = false) =>
  (await useSession(database.db, { secret, limits, isBackground }))?.operator ?? null
const letPass = (column: 'created_at' | 'last_seen_at', minutes: number) =>
  database.sql.unsafe(`update operator_sessions set ${column} = ${column} - interval '${minutes} minutes'`)
const actionsSince = async (id: number) =>
  (
    await database.db
      .select()
      .from(auditEntries)
      .where(sql`id > ${id}`)
      .orderBy(auditEntries.id)
  ).map(({ action, actor, targetId, detail }) => ({ action, actor, targetId, detail }))
const lastId = async () => Number((await database.sql`select coalesce(max(id), 0) as id from audit_entries`)[0]?.['id'])

describe('an operator session', () => {
  it('an operator session is identified by a secret that the database does not store, and ends at sign-out', async () => {
    const secret = await enter()
    expect(await find(secret)).toEqual({ id: operatorId, email, role: 'admin' })
    expect(JSON.stringify(await database.sql`select * from operator_sessions`)).not.toContain(secret)
    await signOut(database.db, { secret, peerAddress: '10.0.0.1' })
    expect([await find(secret), await find('another'), await find('')]).toEqual([null, null, null])
  })

  it('expires after 30 minutes without a use; background requests do not count (D1)', async () => {
    const secret = await enter()
    await letPass('last_seen_at', 29)
    expect(await find(secret, true)).not.toBeNull()
    await letPass('last_seen_at', 0.5)
    expect(await find(secret)).not.toBeNull()
    await letPass('last_seen_at', 29)
    expect(await find(secret, true)).not.toBeNull()
    await letPass('last_seen_at', 1.1)
    expect(await find(secret)).toBeNull()
  })

  it('expires 12 hours after its start, even if it is used (D1)', async () => {
    const secret = await enter()
    await letPass('created_at', 12 * 60 - 1)
    expect(await find(secret)).not.toBeNull()
    await letPass('created_at', 1.1)
    expect(await find(secret)).toBeNull()
    expect(await listSessions(database.db, { operatorId, limits })).toEqual([])
    expect(await deleteExpiredSessions(database.db, { limits })).toBe(1)
  })

  it('an operator session is listed with its browser and address, and can be ended by its id, but not by another operator', async () => {
    const secret = await enter()
    const [listed] = await listSessions(database.db, { operatorId: null, limits })
    expect(listed).toMatchObject({ email, userAgent: 'Firefox', peerAddress: '10.0.0.1' })
    const sessionId = listed?.id ?? ''
    await expect(endSession(database.db, { sessionId, operatorId: 'op_other' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    expect(await find(secret)).not.toBeNull()
    await endSession(database.db, { sessionId, operatorId })
    expect(await find(secret)).toBeNull()
    await expect(endSession(database.db, { sessionId, operatorId })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('the audit of sign-ins', { timeout: 180_000 }, () => {
  it('the audit of sign-ins has one entry per sign-in and sign-out', async () => {
    const before = await lastId()
    const secret = await enter()
    for (let count = 0; count < 2; count++) await signOut(database.db, { secret, peerAddress: '10.0.0.1' })
    const actor = `operator:${operatorId}`
    expect(await actionsSince(before)).toMatchObject([
      { action: 'operator.sign_in', actor, targetId: operatorId, detail: { email } },
      { action: 'operator.sign_out', actor, targetId: operatorId, detail: { email } },
    ])
  })

  it('the audit of sign-ins has the first failure of an address and its lock-out, with the number of failures between them', async () => {
    const before = await lastId()
    const fail = () =>
      verifySignIn(database.db, { email: 'Admin@wxbot.local', password: 'wrong', peerAddress: '10.0.0.5' })
    await fail()
    for (let count = 0; count < 8; count++) await recordSignInFailure(database.db, { email, peerAddress: '10.0.0.5' })
    await fail()
    expect(await fail()).toMatchObject({ outcome: 'locked' })
    expect(await actionsSince(before)).toEqual([
      { action: 'operator.sign_in_failed', actor: 'anonymous', targetId: operatorId, detail: { email } },
      {
        action: 'operator.lock_out',
        actor: 'anonymous',
        targetId: operatorId,
        detail: { email, failures: 10, unlistedFailures: 8 },
      },
    ])
  })

  it('the audit of sign-ins does not store an unknown email, which may be a password', async () => {
    const before = await lastId()
    await verifySignIn(database.db, { email: 'my secret', password: 'wrong', peerAddress: '10.0.0.6' })
    const entries = await actionsSince(before)
    expect(entries).toMatchObject([{ action: 'operator.sign_in_failed', targetId: 'unknown' }])
    expect(JSON.stringify(entries)).not.toContain('my secret')
  })

  it('the audit of sign-ins has a maximum of 30 entries per hour from unknown accounts, and still records the lock-out of an operator', async () => {
    const before = await lastId()
    await database.sql`insert into audit_entries (actor, action, target_id)
      select 'anonymous', 'operator.sign_in_failed', 'unknown' from generate_series(1, 30)`
    await verifySignIn(database.db, { email: 'x@wxbot.local', password: 'wrong', peerAddress: '10.7.0.1' })
    expect(await actionsSince(before)).toHaveLength(30)
    for (let count = 0; count < 9; count++) await recordSignInFailure(database.db, { email, peerAddress: '10.7.0.2' })
    await verifySignIn(database.db, { email, password: 'wrong', peerAddress: '10.7.0.2' })
    expect((await actionsSince(before)).at(-1)).toMatchObject({ action: 'operator.lock_out', targetId: operatorId })
  })
})

describe('checkPassword', { timeout: 180_000 }, () => {
  const check = (currentPassword: string) =>
    checkPassword(database.db, { operatorId, currentPassword, peerAddress: '10.0.0.1', deviceId: null })

  it('counts a wrong current password as a failed sign-in and locks the account (D1)', async () => {
    await expect(check('wrong')).rejects.toMatchObject({
      code: 'INVALID_PARAMETER',
      options: { parameter: 'currentPassword' },
    })
    await expect(check(password)).resolves.toEqual({ email })
    for (let count = 0; count < 10; count++) await recordSignInFailure(database.db, { email, peerAddress: '10.0.0.1' })
    await expect(check(password)).rejects.toMatchObject({ code: 'RATE_LIMITED' })
  })

  it('a check of the password does not count as a sign-in', async () => {
    await database.db.update(operators).set({ lastSignInAt: null }).where(eq(operators.id, operatorId))
    await check(password)
    expect((await listOperators(database.db))[0]).toMatchObject({ lastSignInAt: null })
    await enter()
    expect((await listOperators(database.db))[0]?.lastSignInAt).toBeInstanceOf(Date)
  })
})

describe('the device cookie', () => {
  const env = { AUTH_SECRET: 'a'.repeat(40), PUBLIC_URL: 'https://wxbot.example.com' }
  const headers = (cookie: string) => new Headers({ cookie })

  it('the device cookie is signed, HttpOnly, and valid only for the installation that issued it', () => {
    const id = newDeviceId()
    const cookie = deviceCookie({ env }, id)
    expect(cookie).toMatch(/^__Host-wxbot-device=[^;]+; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Lax; Secure$/)
    const [pair = ''] = cookie.split(';')
    expect(readDeviceId({ env }, headers(`a=b; ${pair}`))).toBe(id)
    expect(readDeviceId({ env: { ...env, AUTH_SECRET: 'b'.repeat(40) } }, headers(pair))).toBeNull()
    for (const forged of ['', pair.slice(0, -1), pair.replace(id, 'other'), '__Host-wxbot-device=.'])
      expect(readDeviceId({ env }, headers(forged))).toBeNull()
    const plain = deviceCookie({ env: { ...env, PUBLIC_URL: 'http://10.0.0.5:3000' } }, id)
    expect(plain).toMatch(/^wxbot-device=[^;]+; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Lax$/)
  })
})
