import { eq } from 'drizzle-orm'
import { encode } from 'next-auth/jwt'
import { expect, it } from 'vitest'
import { authOptions } from '@/lib/auth/auth-options'
import { auditEntries } from '@/lib/db/schema/operator'
import { webContext } from '@/lib/http/web-context'
import { useDashboard } from '@/lib/testing/use-dashboard'
import * as ownPassword from '../account/password/route'
import * as audit from '../audit/route'
import * as overview from '../overview/route'
import * as system from '../system/route'
import * as operatorPassword from './[operatorId]/password/route'
import * as operator from './[operatorId]/route'
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

it('tells who changed what by email, page by page', async () => {
  const actor = `operator:${test.adminId}`
  const { answer } = await asAdmin(audit.GET, 'GET', { query: `?actor=${actor}&action=operator.create` })
  expect(answer).toMatchObject([{ actor, email: 'admin@wxbot.test' }, { actor }])
  const older = await asAdmin(audit.GET, 'GET', { query: `?action=operator.create&beforeId=${answer[0].id}` })
  expect(older.answer).toEqual([answer[1]])
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
