import { eq } from 'drizzle-orm'
import { encode } from 'next-auth/jwt'
import { expect, it } from 'vitest'
import { authOptions } from '@/lib/auth/auth-options'
import { auditEntries } from '@/lib/db/schema/operator'
import { webContext } from '@/lib/http/web-context'
import { noteAttempt } from '@/lib/operator/note-attempt'
import { useDashboard } from '@/lib/testing/use-dashboard'
import * as ownPassword from '../account/password/route'
import * as audit from '../audit/route'
import * as overview from '../overview/route'
import * as system from '../system/route'
import * as operatorPassword from './[operatorId]/password/route'
import * as operator from './[operatorId]/route'
import * as unlock from './[operatorId]/unlock/route'
import * as operators from './route'

const test = useDashboard()
const { asAdmin, call } = test

/** The cookie of somebody who signs in now; null when they are refused. */
async function signIn(email: string, password: string): Promise<string | null> {
  const { env } = webContext()
  const options = authOptions({ db: test.db, env, peerAddress: '10.0.0.1' })
  const [provider] = options.providers
  const user = await provider?.options.authorize({ email, password })
  if (!user) return null
  const token = await options.callbacks?.jwt?.({ token: {}, user, account: null })
  return `next-auth.session-token=${await encode({ token: token ?? {}, secret: env.AUTH_SECRET })}`
}
const canRead = async (cookie: string | null) =>
  (await call(overview.GET, 'GET', { cookie: cookie ?? '' })).status === 200

it('lets somebody in with a password shown once, changes what they may do, and removes them; each is recorded', async () => {
  const email = 'li.wei@wxbot.test'
  const created = await asAdmin(operators.POST, 'POST', { body: { email: 'Li.Wei@wxbot.test', role: 'viewer' } })
  const { operatorId, password } = created.answer as { operatorId: string; password: string }
  const again = await asAdmin(operators.POST, 'POST', { body: { email, role: 'viewer' } })
  expect(again).toMatchObject({ status: 400, answer: { error: { parameter: 'email' } } })
  const cookie = await signIn(email, password)
  expect(await canRead(cookie)).toBe(true)
  const ids = { operatorId }
  await asAdmin(operator.PATCH, 'PATCH', { ids, body: { role: 'admin' } })
  const listed = (await asAdmin(operators.GET, 'GET')).answer as unknown[]
  expect(listed).toContainEqual({
    id: operatorId,
    email,
    role: 'admin',
    createdAt: expect.any(String),
    lastSignInAt: expect.any(String),
    lockedUntil: null,
  })
  await asAdmin(operator.DELETE, 'DELETE', { ids })
  expect(await canRead(cookie)).toBe(false)
  const entries = await test.db.select().from(auditEntries).where(eq(auditEntries.targetId, operatorId))
  expect(entries.map(({ action }) => action)).toEqual(['operator.create', 'operator.role', 'operator.remove'])
  expect(JSON.stringify([entries, listed])).not.toContain(password)
})

it('ends every sign-in of whoever gets a new password, their own or a reset one', async () => {
  const email = 'wang.fang@wxbot.test'
  const { operatorId, password } = (await asAdmin(operators.POST, 'POST', { body: { email, role: 'viewer' } })).answer
  const first = await signIn(email, password)
  const change = (body: object) => call(ownPassword.PUT, 'PUT', { cookie: first ?? '', body })
  const wrong = await change({ present: 'wrong', password: 'a new secret' })
  expect(wrong).toMatchObject({ status: 400, answer: { error: { parameter: 'present' } } })
  const short = await change({ present: password, password: 'short' })
  expect(short).toMatchObject({ status: 400, answer: { error: { parameter: 'password' } } })
  expect(await change({ present: password, password: 'a new secret' })).toMatchObject({ status: 200 })
  expect([await canRead(first), await signIn(email, password)]).toEqual([false, null])
  const second = await signIn(email, 'a new secret')
  expect(await canRead(second)).toBe(true)
  const reset = await asAdmin(operatorPassword.POST, 'POST', { ids: { operatorId } })
  expect([await canRead(second), await signIn(email, 'a new secret')]).toEqual([false, null])
  expect(await canRead(await signIn(email, reset.answer.password))).toBe(true)
})

it('tells who changed what by email, also of those who are gone, and finds it by what was changed', async () => {
  const ask = async (query: string) => (await asAdmin(audit.GET, 'GET', { query })).answer
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

it('opens an account that wrong passwords have locked, and records it', async () => {
  const email = 'zhao.min@wxbot.test'
  const { operatorId, password } = (await asAdmin(operators.POST, 'POST', { body: { email, role: 'viewer' } })).answer
  for (let count = 0; count < 10; count++) await noteAttempt(test.db, { email, peerAddress: '10.0.0.7' })
  const locked = async () => {
    const listed = (await asAdmin(operators.GET, 'GET')).answer as { id: string; lockedUntil: string | null }[]
    return listed.find(({ id }) => id === operatorId)?.lockedUntil
  }
  expect(await locked()).toEqual(expect.any(String))
  await expect(signIn(email, password)).rejects.toThrow(/^locked:\d+/)
  expect(await asAdmin(unlock.POST, 'POST', { ids: { operatorId } })).toMatchObject({ status: 200 })
  expect([await locked(), await canRead(await signIn(email, password))]).toEqual([null, true])
  expect(await asAdmin(unlock.POST, 'POST', { ids: { operatorId: 'op_none' } })).toMatchObject({ status: 404 })
  const entries = await test.db.select().from(auditEntries).where(eq(auditEntries.targetId, operatorId))
  expect(entries.map(({ action }) => action)).toEqual(['operator.create', 'operator.unlock'])
})

it('shows the setup in force without a secret', async () => {
  const { answer } = await asAdmin(system.GET, 'GET')
  const { env } = webContext()
  expect(answer).toMatchObject({
    publicUrl: env.PUBLIC_URL,
    queue: 'postgres',
    egressAllow: env.EGRESS_ALLOW,
    workers: [],
  })
  const shown = JSON.stringify(answer)
  expect([env.AUTH_SECRET, env.DATABASE_URL].filter((secret) => shown.includes(secret))).toEqual([])
})
