import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { operators, signInFailures } from '../db/schema/operator'
import { createTestDatabase, type TestDatabase } from '../testing/test-database'
import { changePassword } from './change-password'
import { changeRole } from './change-role'
import { checkPassword } from './check-password'
import { createOperator } from './create-operator'
import { ensureFirstOperator } from './ensure-first-operator'
import { hashPassword, isPassword } from './hash-password'
import { listOperators } from './list-operators'
import { noteAttempt } from './note-attempt'
import { noteSignIn } from './note-sign-in'
import { removeOperator } from './remove-operator'
import { unlockOperator } from './unlock-operator'
import { verifyOperator } from './verify-operator'

let database: TestDatabase
const email = 'admin@wxbot.local'
const password = 'correct horse 电池'
const verify = (given: Partial<Parameters<typeof verifyOperator>[1]> = {}) =>
  verifyOperator(database.db, { email, password, peerAddress: '10.0.0.1', ...given })
/** Fails so often without the cost of a password each. */
const fail = async (times: number, attempt = { email, peerAddress: '10.0.0.1' }) => {
  for (let count = 0; count < times; count++) await noteAttempt(database.db, attempt)
}
const letPass = (minutes: number) =>
  database.db.update(signInFailures).set({ failedAt: sql`failed_at - make_interval(mins => ${minutes})` })

beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())
beforeEach(async () => {
  await database.db.delete(signInFailures)
  await database.db.delete(operators)
  await createOperator(database.db, { email: ' Admin@WXBOT.local', password })
})

describe('passwords', () => {
  it('are salted, and the same however the text was composed', async () => {
    const hash = await hashPassword('caf\u00e9')
    expect(hash).not.toBe(await hashPassword('caf\u00e9'))
    expect(await isPassword('cafe\u0301', hash)).toBe(true)
    expect(await isPassword('cafe', hash)).toBe(false)
  })
})

describe('verifyOperator', () => {
  it('knows the operator by an email in any case', async () => {
    expect(await verify({ email: 'ADMIN@wxbot.local ' })).toMatchObject({
      outcome: 'ok',
      operator: { email, role: 'admin' },
    })
  })

  it('answers alike for a wrong password and an unknown email, and counts both', async () => {
    expect(await verify({ password: 'wrong' })).toEqual({ outcome: 'wrong' })
    expect(await verify({ email: 'nobody@wxbot.local' })).toEqual({ outcome: 'wrong' })
    expect(await database.db.select().from(signInFailures)).toHaveLength(2)
  })

  it('D: locks an account for 15 minutes after ten failures, even for the right password, from anywhere', async () => {
    await fail(9)
    expect(await verify({ password: 'wrong' })).toEqual({ outcome: 'wrong' })
    expect(await verify({ peerAddress: '10.0.0.2' })).toMatchObject({
      outcome: 'locked',
      retryAfterSeconds: expect.closeTo(900, -1),
    })
    await letPass(14)
    expect(await verify()).toMatchObject({ outcome: 'locked' })
    await letPass(1)
    expect(await verify()).toMatchObject({ outcome: 'ok' })
  })

  it('D: locks an unknown email just the same', async () => {
    await fail(10, { email: 'nobody@wxbot.local', peerAddress: '10.0.0.1' })
    expect(await verify({ email: 'nobody@wxbot.local' })).toMatchObject({ outcome: 'locked' })
  })

  it('D: locks an address after thirty failures over many accounts', async () => {
    for (let number = 0; number < 30; number++)
      await fail(1, { email: `user${number}@wxbot.local`, peerAddress: '10.0.0.9' })
    expect(await verify({ peerAddress: '10.0.0.9' })).toMatchObject({ outcome: 'locked' })
    expect(await verify({ peerAddress: '10.0.0.8' })).toMatchObject({ outcome: 'ok' })
  })

  it('a success forgets the failures before it, and failures spread over an hour never lock', async () => {
    await fail(9)
    expect(await verify()).toMatchObject({ outcome: 'ok' })
    for (let round = 0; round < 4; round++) {
      await fail(5)
      await letPass(20)
    }
    expect(await verify()).toMatchObject({ outcome: 'ok' })
  })

  it('tries side by side cannot outrun the count', async () => {
    const noted = await Promise.all(
      Array.from({ length: 40 }, () => noteAttempt(database.db, { email, peerAddress: '10.0.0.1' })),
    )
    expect(noted.filter((attempt) => !attempt.isLocked)).toHaveLength(10)
  })
})

describe('operators', () => {
  it('have one account an email', async () => {
    await expect(createOperator(database.db, { email, password })).rejects.toMatchObject({ code: 'INVALID_PARAMETER' })
  })

  it('get in with a new password at once, though locked before', async () => {
    await fail(10)
    await changePassword(database.db, { email, password: 'another secret' })
    expect(await verify({ password: 'another secret' })).toMatchObject({ outcome: 'ok' })
  })

  it('show when they signed in last, which a password that was only checked does not change', async () => {
    const only = async () => (await listOperators(database.db))[0]!
    const { id: operatorId } = await only()
    await checkPassword(database.db, { operatorId, present: password, peerAddress: '10.0.0.9' })
    expect(await only()).toMatchObject({ lastSignInAt: null })
    await noteSignIn(database.db, { operatorId })
    expect((await only()).lastSignInAt).toBeInstanceOf(Date)
  })

  it('show until when they are locked, and get in again when somebody opens the account', async () => {
    const only = async () => (await listOperators(database.db))[0]!
    expect(await only()).toMatchObject({ lockedUntil: null })
    await fail(10)
    const { id: operatorId, lockedUntil } = await only()
    expect((lockedUntil?.getTime() ?? 0) - Date.now()).toBeGreaterThan(890_000)
    expect(await verify()).toMatchObject({ outcome: 'locked' })
    await database.db.transaction((tx) => unlockOperator(tx, { operatorId }))
    expect(await only()).toMatchObject({ lockedUntil: null })
    expect(await verify()).toMatchObject({ outcome: 'ok' })
    await fail(10)
    await letPass(15)
    expect(await only()).toMatchObject({ lockedUntil: null })
  })

  it('the first one is made only where there is none', async () => {
    const first = { email: 'first@wxbot.local', password: 'first password' }
    expect(await ensureFirstOperator(database.db, first)).toEqual({ isCreated: false })
    await database.db.delete(operators)
    expect(await ensureFirstOperator(database.db, first)).toEqual({ isCreated: true })
    expect(await verify(first)).toMatchObject({ outcome: 'ok' })
  })

  it('keep an admin: the last one can be neither removed nor made a viewer, also by two who do it to each other at once', async () => {
    const [first] = await listOperators(database.db)
    const firstId = first?.id ?? ''
    const tx = database.db.transaction.bind(database.db)
    const refused = { code: 'ILLEGAL_ACTION' }
    await expect(tx((t) => removeOperator(t, { operatorId: firstId }))).rejects.toMatchObject(refused)
    await expect(tx((t) => changeRole(t, { operatorId: firstId, role: 'viewer' }))).rejects.toMatchObject(refused)
    const second = await createOperator(database.db, { email: 'second@wxbot.local', password, role: 'viewer' })
    await expect(tx((t) => removeOperator(t, { operatorId: firstId }))).rejects.toMatchObject(refused)
    await tx((t) => changeRole(t, { operatorId: second.operatorId, role: 'admin' }))
    const results = await Promise.allSettled([
      tx((t) => removeOperator(t, { operatorId: firstId })),
      tx((t) => changeRole(t, { operatorId: second.operatorId, role: 'viewer' })),
    ])
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect((await listOperators(database.db)).filter(({ role }) => role === 'admin')).toHaveLength(1)
  })

  it('who is not there can be neither removed nor changed', async () => {
    const operatorId = 'op_nobody'
    const tx = database.db.transaction.bind(database.db)
    await expect(tx((t) => removeOperator(t, { operatorId }))).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(tx((t) => changeRole(t, { operatorId, role: 'admin' }))).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('D: a wrong present password counts as a failed sign-in, and locks', async () => {
    const operatorId = (await listOperators(database.db))[0]?.id ?? ''
    const check = (present: string) => checkPassword(database.db, { operatorId, present, peerAddress: '10.0.0.1' })
    await expect(check('wrong')).rejects.toMatchObject({ code: 'INVALID_PARAMETER', options: { parameter: 'present' } })
    await expect(check(password)).resolves.toEqual({ email })
    await fail(10)
    await expect(check(password)).rejects.toMatchObject({ code: 'RATE_LIMITED' })
  })
})
