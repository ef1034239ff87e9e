import { randomBytes, scryptSync } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { operators, signInFailures, signInOrigins } from '@/lib/db/schema/operator'
import { givenOperator } from '@/lib/testing/factories'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'
import { changePassword, changeRole, removeOperator, unlockOperator } from '@/lib/operator/change-operator'
import { createOperator, ensureFirstOperator } from '@/lib/operator/create-operator'
import { checkHash, hashPassword } from '@/lib/operator/hash-password'
import { listOperators } from '@/lib/operator/list-operators'
import { recordSignInFailure, type SignInAttempt } from '@/lib/operator/record-sign-in-failure'
import { recordSignIn } from '@/lib/operator/sign-in-origin'
import { verifyOperator } from '@/lib/operator/verify-operator'

let database: TestDatabase
/** One row for every test: a password hash takes half a second. */
let firstOperator: typeof operators.$inferSelect
const email = 'admin@wxbot.local'
const password = 'correct horse 电池'
const verify = (given: Partial<Parameters<typeof verifyOperator>[1]> = {}) =>
  verifyOperator(database.db, { email, password, peerAddress: '10.0.0.1', ...given })
/** Records `count` failures without hashing a password for each. */
const fail = async (times: number, attempt: SignInAttempt = { email, peerAddress: '10.0.0.1' }) => {
  for (let count = 0; count < times; count++) await recordSignInFailure(database.db, attempt)
}
const letPass = (minutes: number) =>
  database.db.update(signInFailures).set({ failedAt: sql`failed_at - make_interval(mins => ${minutes})` })

beforeAll(async () => {
  database = await createTestDatabase()
  await createOperator(database.db, { email: ' Admin@WXBOT.local', password })
  ;[firstOperator] = (await database.db.delete(operators).returning()) as [typeof firstOperator]
})
afterAll(() => database.drop())
beforeEach(async () => {
  await database.db.delete(signInFailures)
  await database.db.delete(operators)
  await database.db.insert(operators).values(firstOperator)
})

/** Returns a hash in the format of earlier versions, with a lower cost. */
function outdatedHash(text: string): string {
  const salt = randomBytes(16)
  const key = scryptSync(text, salt, 32, { N: 2 ** 15, r: 8, p: 1, maxmem: 2 ** 26 })
  return `scrypt$15$${salt.toString('base64url')}$${key.toString('base64url')}`
}

describe('passwords', { timeout: 180_000 }, () => {
  it('passwords are salted, have the recommended cost, and match in every Unicode composition', async () => {
    const hash = await hashPassword('caf\u00e9')
    expect(hash).toMatch(/^\$scrypt\$ln=17,r=8,p=1\$/)
    expect(hash).not.toBe(await hashPassword('caf\u00e9'))
    expect(await checkHash('cafe\u0301', hash)).toEqual({ isRight: true, isOutdated: false })
    expect(await checkHash('cafe', hash)).toEqual({ isRight: false, isOutdated: false })
  })

  it('a hash of an earlier version is checked with its own parameters', async () => {
    const hash = outdatedHash('correct horse')
    expect(await checkHash('correct horse', hash)).toEqual({ isRight: true, isOutdated: true })
    expect(await checkHash('wrong', hash)).toEqual({ isRight: false, isOutdated: true })
  })

  it.each([
    '',
    'scrypt$99$c2FsdA$a2V5',
    '$scrypt$ln=17,r=9999,p=1$c2FsdA$a2V5',
    '$argon2id$v=19$m=1,t=1,p=1$c2FsdA$a2V5',
  ])('an invalid or too expensive hash is refused: %s', async (hash) => {
    await expect(checkHash('any', hash)).rejects.toThrow(/cannot be read/)
  })

  it('passwords are hashed again at a sign-in after the cost was raised', async () => {
    await database.db.update(operators).set({ passwordHash: outdatedHash(password) })
    expect(await verify()).toMatchObject({ outcome: 'ok' })
    const [{ passwordHash }] = (await database.db.select().from(operators)) as [typeof operators.$inferSelect]
    expect(passwordHash).toMatch(/^\$scrypt\$ln=17,/)
    expect(await verify()).toMatchObject({ outcome: 'ok' })
  })
})

describe('verifyOperator', { timeout: 180_000 }, () => {
  it('finds the operator by the email in any letter case', async () => {
    expect(await verify({ email: 'ADMIN@wxbot.local ' })).toMatchObject({
      outcome: 'ok',
      operator: { email, role: 'admin' },
    })
  })

  it('responds equally to a wrong password and an unknown email, and counts both', async () => {
    expect(await verify({ password: 'wrong' })).toMatchObject({ outcome: 'wrong' })
    expect(await verify({ email: 'nobody@wxbot.local' })).toMatchObject({ outcome: 'wrong' })
    expect(await database.db.select().from(signInFailures)).toHaveLength(2)
  })

  it('ten failures lock an account for one address for 15 minutes, even for the correct password (D1)', async () => {
    await fail(9)
    expect(await verify({ password: 'wrong' })).toMatchObject({ outcome: 'wrong', isLast: true })
    // Checking the password took part of the time, on a busy machine many seconds.
    expect(await verify()).toMatchObject({ outcome: 'locked', retryAfterSeconds: expect.closeTo(900, -2) })
    expect(await verify({ peerAddress: '10.0.0.2' })).toMatchObject({ outcome: 'ok' })
    await letPass(14)
    expect(await verify()).toMatchObject({ outcome: 'locked' })
    await letPass(1)
    expect(await verify()).toMatchObject({ outcome: 'ok' })
  })

  it('counts the addresses of one IPv6 network together (D1)', async () => {
    await fail(10, { email, peerAddress: '2001:db8:1:2::1' })
    expect(await verify({ peerAddress: '2001:db8:1:2:ffff::9' })).toMatchObject({ outcome: 'locked' })
    expect(await verify({ peerAddress: '2001:db8:1:3::1' })).toMatchObject({ outcome: 'ok' })
  })

  it('locks an unknown email equally (D1)', async () => {
    await fail(10, { email: 'nobody@wxbot.local', peerAddress: '10.0.0.1' })
    expect(await verify({ email: 'nobody@wxbot.local' })).toMatchObject({ outcome: 'locked' })
  })

  it('locks an address after thirty failures over many accounts (D1)', async () => {
    for (let number = 0; number < 30; number++)
      await fail(1, { email: `user${number}@wxbot.local`, peerAddress: '10.0.0.9' })
    expect(await verify({ peerAddress: '10.0.0.9' })).toMatchObject({ outcome: 'locked' })
    expect(await verify({ peerAddress: '10.0.0.8' })).toMatchObject({ outcome: 'ok' })
  })

  it('a known device is not locked by others at its address, and has its own ten failures (D1)', async () => {
    const operatorId = (await listOperators(database.db))[0]?.id ?? ''
    const known = { peerAddress: '10.0.0.1', deviceId: 'device-1' }
    await recordSignIn(database.db, { operatorId, ...known })
    for (let number = 0; number < 3; number++)
      await fail(10, { email: `user${number}@wxbot.local`, peerAddress: '10.0.0.1' })
    expect(await verify()).toMatchObject({ outcome: 'locked' })
    expect(await verify({ deviceId: 'device-2' })).toMatchObject({ outcome: 'locked' })
    expect(await verify(known)).toMatchObject({ outcome: 'ok' })
    await fail(10, { email, ...known })
    expect(await verify(known)).toMatchObject({ outcome: 'locked' })
    await database.db.delete(signInFailures)
    await fail(10)
    await database.db.update(signInOrigins).set({ lastSignInAt: sql`clock_timestamp() - interval '31 days'` })
    expect(await verify(known)).toMatchObject({ outcome: 'locked' })
  })

  it('more than fifty failures delay unknown origins, but neither lock the operator nor delay a known address (D1)', async () => {
    const operatorId = (await listOperators(database.db))[0]?.id ?? ''
    await recordSignIn(database.db, { operatorId, peerAddress: '10.9.0.1', deviceId: 'device-1' })
    for (let number = 0; number < 60; number++) await fail(1, { email, peerAddress: `10.1.0.${number}` })
    const note = (peerAddress: string, who = email) => recordSignInFailure(database.db, { email: who, peerAddress })
    expect(await note('10.2.0.1')).toMatchObject({ isLocked: false, delayMs: 1100 })
    expect(await note('10.9.0.1')).toMatchObject({ isLocked: false, delayMs: 0, isKnown: true })
    expect(await note('10.2.0.1', 'other@wxbot.local')).toMatchObject({ delayMs: 0 })
    for (let number = 0; number < 60; number++) await fail(1, { email, peerAddress: `10.3.0.${number}` })
    expect(await note('10.2.0.2')).toMatchObject({ isLocked: false, delayMs: 5000 })
  })

  it('a success resets only the failures of its address, and failures spread over an hour never lock', async () => {
    await fail(9)
    await fail(9, { email, peerAddress: '10.0.0.2' })
    expect(await verify()).toMatchObject({ outcome: 'ok' })
    expect(await database.db.$count(signInFailures, eq(signInFailures.network, '10.0.0.2'))).toBe(9)
    expect(await database.db.$count(signInFailures)).toBe(9)
    for (let round = 0; round < 4; round++) {
      await fail(5)
      await letPass(20)
    }
    expect(await verify()).toMatchObject({ outcome: 'ok' })
  })

  it('concurrent attempts cannot exceed the limit', async () => {
    const noted = await Promise.all(
      Array.from({ length: 40 }, () => recordSignInFailure(database.db, { email, peerAddress: '10.0.0.1' })),
    )
    expect(noted.filter((attempt) => !attempt.isLocked)).toHaveLength(10)
  })

  it('a password that could not be checked is not counted', async () => {
    await database.db.update(operators).set({ passwordHash: 'cut off' })
    await expect(verify()).rejects.toThrow(/cannot be read/)
    expect(await database.db.$count(signInFailures)).toBe(0)
  })
})

describe('operators', { timeout: 180_000 }, () => {
  it('operators have one account per email', async () => {
    await expect(createOperator(database.db, { email, password })).rejects.toMatchObject({ code: 'INVALID_PARAMETER' })
  })

  it('operators can sign in with a new password at once, even if they were locked', async () => {
    await fail(10)
    await changePassword(database.db, { email, password: 'another secret' })
    expect(await verify({ password: 'another secret' })).toMatchObject({ outcome: 'ok' })
  })

  it('show the lock-out of a known device that failed from two networks (D1)', async () => {
    const [operator] = await listOperators(database.db)
    const known = { email, peerAddress: '10.0.0.1', deviceId: 'device-1' }
    await recordSignIn(database.db, { operatorId: operator?.id ?? '', ...known })
    await fail(5, known)
    await fail(5, { ...known, peerAddress: '10.0.0.2' })
    expect(await verify(known)).toMatchObject({ outcome: 'locked' })
    expect((await listOperators(database.db))[0]?.lockedUntil).toBeInstanceOf(Date)
  })

  it('show the end of a lock-out, and can sign in after an unlock', async () => {
    const only = async () => (await listOperators(database.db))[0]!
    expect(await only()).toMatchObject({ lockedUntil: null })
    await fail(10)
    const { id: operatorId, lockedUntil } = await only()
    await fail(9, { email, peerAddress: '10.0.0.2' })
    expect((lockedUntil?.getTime() ?? 0) - Date.now()).toBeGreaterThan(890_000)
    expect(await verify()).toMatchObject({ outcome: 'locked' })
    await database.db.transaction((tx) => unlockOperator(tx, { operatorId }))
    expect(await only()).toMatchObject({ lockedUntil: null })
    expect(await verify()).toMatchObject({ outcome: 'ok' })
    await fail(10)
    await letPass(15)
    expect(await only()).toMatchObject({ lockedUntil: null })
  })

  it('the first one is created only if there is none', async () => {
    const first = { email: 'first@wxbot.local', password: 'first password' }
    expect(await ensureFirstOperator(database.db, first)).toEqual({ isCreated: false })
    await database.db.delete(operators)
    expect(await ensureFirstOperator(database.db, first)).toEqual({ isCreated: true })
    expect(await verify(first)).toMatchObject({ outcome: 'ok' })
  })

  it('the last admin cannot be removed or made a viewer, also not by two concurrent requests', async () => {
    const [first] = await listOperators(database.db)
    const firstId = first?.id ?? ''
    const tx = database.db.transaction.bind(database.db)
    const refused = { code: 'ILLEGAL_ACTION' }
    await expect(tx((t) => removeOperator(t, { operatorId: firstId }))).rejects.toMatchObject(refused)
    await expect(tx((t) => changeRole(t, { operatorId: firstId, role: 'viewer' }))).rejects.toMatchObject(refused)
    const secondId = await givenOperator(database.db, { email: 'second@wxbot.local', role: 'viewer' })
    await expect(tx((t) => removeOperator(t, { operatorId: firstId }))).rejects.toMatchObject(refused)
    await tx((t) => changeRole(t, { operatorId: secondId, role: 'admin' }))
    const results = await Promise.allSettled([
      tx((t) => removeOperator(t, { operatorId: firstId })),
      tx((t) => changeRole(t, { operatorId: secondId, role: 'viewer' })),
    ])
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect((await listOperators(database.db)).filter(({ role }) => role === 'admin')).toHaveLength(1)
  })

  it('an unknown operator can be neither removed nor changed', async () => {
    const operatorId = 'op_nobody'
    const tx = database.db.transaction.bind(database.db)
    await expect(tx((t) => removeOperator(t, { operatorId }))).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(tx((t) => changeRole(t, { operatorId, role: 'admin' }))).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})
