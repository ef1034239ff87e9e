import { eq } from 'drizzle-orm'
import { encode } from 'next-auth/jwt'
import { expect, it } from 'vitest'
import { authOptions } from '@/lib/auth/auth-options'
import { auditEntries } from '@/lib/db/schema/operator'
import { webContext } from '@/lib/http/web-context'
import { recordSignInFailure } from '@/lib/operator/record-sign-in-failure'
import { useDashboard } from '@/lib/testing/use-dashboard'
import * as ownPassword from '@/app/api/dashboard/account/password/route'
import * as audit from '@/app/api/dashboard/audit/route'
import * as overview from '@/app/api/dashboard/overview/route'
import * as system from '@/app/api/dashboard/system/route'
import * as operatorPassword from '@/app/api/dashboard/operators/[operatorId]/password/route'
import * as operator from '@/app/api/dashboard/operators/[operatorId]/route'
import * as unlock from '@/app/api/dashboard/operators/[operatorId]/unlock/route'
import * as operators from '@/app/api/dashboard/operators/route'

const test = useDashboard()
const { asAdmin, call } = test

/** Signs in and returns the cookie; null: refused. */
async function signIn(email: string, password: string): Promise<string | null> {
  const { env } = webContext()
  const from = { peerAddress: '10.0.0.1', userAgent: 'Firefox' }
  const options = authOptions({ ...webContext(), from, device: { id: `device of ${email}`, isKnown: false } })
  const [provider] = options.providers
  const user = await provider?.options.authorize({ email, password })
  if (!user) return null
  const token = await options.callbacks?.jwt?.({ token: {}, user, account: null })
  return `next-auth.session-token=${await encode({ token: token ?? {}, secret: env.AUTH_SECRET })}`
}
const canRead = async (cookie: string | null) =>
  (await call(overview.GET, 'GET', { cookie: cookie ?? '' })).status === 200

it(
  'an admin creates an operator with a password shown once, changes their role and removes them; each change is recorded',
  { timeout: 60_000 },
  async () => {
    const email = 'li.wei@wxbot.test'
    const created = await asAdmin(operators.POST, 'POST', { body: { email: 'Li.Wei@wxbot.test', role: 'viewer' } })
    const { operatorId, password } = created.body as { operatorId: string; password: string }
    const again = await asAdmin(operators.POST, 'POST', { body: { email, role: 'viewer' } })
    expect(again).toMatchObject({ status: 400, body: { error: { parameter: 'email' } } })
    const cookie = await signIn(email, password)
    expect(await canRead(cookie)).toBe(true)
    const ids = { operatorId }
    await asAdmin(operator.PATCH, 'PATCH', { ids, body: { role: 'viewer' } })
    expect(await canRead(cookie)).toBe(true)
    await asAdmin(operator.PATCH, 'PATCH', { ids, body: { role: 'admin' } })
    expect(await canRead(cookie)).toBe(false)
    const later = await signIn(email, password)
    const listed = (await asAdmin(operators.GET, 'GET')).body as unknown[]
    expect(listed).toContainEqual({
      id: operatorId,
      email,
      role: 'admin',
      createdAt: expect.any(String),
      lastSignInAt: expect.any(String),
      lockedUntil: null,
    })
    await asAdmin(operator.DELETE, 'DELETE', { ids })
    expect(await canRead(later)).toBe(false)
    const entries = await test.db.select().from(auditEntries).where(eq(auditEntries.targetId, operatorId))
    expect(entries.map(({ action }) => action)).toEqual([
      'operator.create',
      'operator.sign_in',
      'operator.role',
      'operator.sign_in',
      'operator.remove',
    ])
    expect(JSON.stringify([entries, listed])).not.toContain(password)
  },
)

it('a new password, chosen or reset, ends all sessions of its operator', { timeout: 90_000 }, async () => {
  const email = 'wang.fang@wxbot.test'
  const { operatorId, password } = (await asAdmin(operators.POST, 'POST', { body: { email, role: 'viewer' } })).body
  const first = await signIn(email, password)
  const change = (body: object) => call(ownPassword.PUT, 'PUT', { cookie: first ?? '', body })
  const wrong = await change({ currentPassword: 'wrong', password: 'a new secret' })
  expect(wrong).toMatchObject({ status: 400, body: { error: { parameter: 'currentPassword' } } })
  const short = await change({ currentPassword: password, password: 'short' })
  expect(short).toMatchObject({ status: 400, body: { error: { parameter: 'password' } } })
  expect(await change({ currentPassword: password, password: 'a new secret' })).toMatchObject({ status: 200 })
  expect([await canRead(first), await signIn(email, password)]).toEqual([false, null])
  const second = await signIn(email, 'a new secret')
  expect(await canRead(second)).toBe(true)
  const reset = await asAdmin(operatorPassword.POST, 'POST', { ids: { operatorId } })
  expect([await canRead(second), await signIn(email, 'a new secret')]).toEqual([false, null])
  expect(await canRead(await signIn(email, reset.body.password))).toBe(true)
})

it('the audit shows the email of an actor, also of a removed one, and is found by the changed value', async () => {
  const ask = async (query: string) => (await asAdmin(audit.GET, 'GET', { query })).body
  const actor = `operator:${test.adminId}`
  const created = await ask(`?actor=${actor}&action=operator.create`)
  expect(created).toMatchObject({ rows: [{ actor, email: 'admin@wxbot.test' }, { actor }], total: 2 })
  const [gone] = (await ask('?q=li.wei@wxbot.test&action=operator.remove')).rows
  expect(gone.things[gone.targetId]).toEqual({ name: 'li.wei@wxbot.test', path: null })
  const [role] = (await ask('?q=li.wei@wxbot.test&action=operator.role')).rows
  expect(role.detail).toMatchObject({ role: { from: 'viewer', to: 'admin' } })
  const since = new Date(Date.now() + 60_000).toISOString()
  expect(await ask(`?since=${since}`)).toEqual({ rows: [], total: 0 })
  for (const query of ['?action=operator.praise', '?since=yesterday', '?page=0'])
    expect(await asAdmin(audit.GET, 'GET', { query })).toMatchObject({ status: 400 })
})

it(
  'an admin unlocks an account that wrong passwords have locked; the audit records it',
  { timeout: 60_000 },
  async () => {
    const email = 'zhao.min@wxbot.test'
    const { operatorId, password } = (await asAdmin(operators.POST, 'POST', { body: { email, role: 'viewer' } })).body
    for (let count = 0; count < 10; count++) await recordSignInFailure(test.db, { email, peerAddress: '10.0.0.1' })
    const locked = async () => {
      const listed = (await asAdmin(operators.GET, 'GET')).body as { id: string; lockedUntil: string | null }[]
      return listed.find(({ id }) => id === operatorId)?.lockedUntil
    }
    expect(await locked()).toEqual(expect.any(String))
    await expect(signIn(email, password)).rejects.toThrow(/^locked:\d+/)
    expect(await asAdmin(unlock.POST, 'POST', { ids: { operatorId } })).toMatchObject({ status: 200 })
    expect([await locked(), await canRead(await signIn(email, password))]).toEqual([null, true])
    expect(await asAdmin(unlock.POST, 'POST', { ids: { operatorId: 'op_none' } })).toMatchObject({ status: 404 })
    const entries = await test.db.select().from(auditEntries).where(eq(auditEntries.targetId, operatorId))
    expect(entries.map(({ action }) => action)).toEqual(['operator.create', 'operator.unlock', 'operator.sign_in'])
  },
)

it('the system page shows the effective settings without secrets', async () => {
  const { body } = await asAdmin(system.GET, 'GET')
  const { env } = webContext()
  expect(body).toMatchObject({
    publicUrl: env.PUBLIC_URL,
    queue: 'postgres',
    egressAllow: env.EGRESS_ALLOW,
    workers: [],
  })
  const shown = JSON.stringify(body)
  expect([env.AUTH_SECRET, env.DATABASE_URL].filter((secret) => shown.includes(secret))).toEqual([])
})
