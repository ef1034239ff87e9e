import { eq, sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { applications, tokens } from '@/lib/db/schema/application'
import { operatorRequests } from '@/lib/db/schema/operator'
import { deleteOldRequests } from '@/lib/operator/run-request-once'
import { givenApplication, givenRobot } from '@/lib/testing/factories'
import { useDashboard } from '@/lib/testing/use-dashboard'
import * as tokenRoutes from '@/app/api/dashboard/applications/[applicationId]/tokens/route'
import * as applicationRoutes from '@/app/api/dashboard/applications/route'
import * as operatorRoutes from '@/app/api/dashboard/operators/route'
import * as messageRoutes from '@/app/api/dashboard/robots/[robotId]/messages/route'

const test = useDashboard()
const { asAdmin } = test
let count = 0
const newKey = () => `key_of_an_opened_form_${++count}`
const create = (key: string, name: string) => asAdmin(applicationRoutes.POST, 'POST', { key, body: { name } })
const countNamed = (name: string) => test.db.$count(applications, eq(applications.name, name))
const rowOf = async (key: string) =>
  (await test.db.select().from(operatorRequests).where(eq(operatorRequests.key, key)))[0]

describe('a change under an idempotency key', () => {
  it('runs once for 20 equal concurrent requests, and each gets its secret', async () => {
    const key = newKey()
    const responses = await Promise.all(Array.from({ length: 20 }, () => create(key, '双击')))
    expect(new Set(responses.map(({ body }) => body.token)).size).toBe(1)
    expect(responses.map(({ status }) => status)).toEqual(responses.map(() => 200))
    expect(await countNamed('双击')).toBe(1)
  })

  it('runs once per key and operator', async () => {
    const applicationId = await givenApplication(test.db)
    const key = newKey()
    const issue = (more: object) =>
      asAdmin(tokenRoutes.POST, 'POST', { ids: { applicationId }, body: { name: '收银台' }, ...more })
    const first = await issue({ key })
    expect((await issue({ key })).body).toEqual(first.body)
    const second = await issue({ key: newKey() })
    const { body: other } = await asAdmin(operatorRoutes.POST, 'POST', {
      body: { email: 'second@wxbot.test', role: 'admin' },
    })
    const third = await issue({ key, cookie: await test.cookie(other.operatorId) })
    const issued = [first, second, third].map(({ body }) => body.tokenId)
    expect(new Set(issued).size).toBe(3)
    const rows = await test.db.select({ id: tokens.id }).from(tokens).where(eq(tokens.applicationId, applicationId))
    expect(rows.map(({ id }) => id)).toEqual(expect.arrayContaining(issued))
  })

  it('stores neither its secret nor its body in plain text', async () => {
    const key = newKey()
    const { body } = await create(key, '不留明文')
    const row = JSON.stringify(await rowOf(key))
    for (const secret of [body.token, body.signingSecret, '不留明文']) expect(row).not.toContain(secret)
  })

  it('a change under an idempotency key can be repeated with corrected values after a refusal', async () => {
    const key = newKey()
    const refused = await asAdmin(applicationRoutes.POST, 'POST', {
      key,
      body: { name: '改好再来', callbackUrl: 'http://169.254.169.254/' },
    })
    expect(refused).toMatchObject({ status: 400, body: { error: { parameter: 'callbackUrl' } } })
    expect((await create(key, '改好再来')).status).toBe(200)
    expect(await countNamed('改好再来')).toBe(1)
  })

  it('a change under an idempotency key does not run with other values and the same key', async () => {
    const key = newKey()
    await create(key, '第一次')
    expect(await create(key, '第二次')).toMatchObject({
      status: 409,
      body: { error: { reason: 'submitted_with_other_values' } },
    })
    expect(await countNamed('第二次')).toBe(0)
  })

  it('a change under an idempotency key does not run again when its outcome is unknown, or its process died', async () => {
    const robotId = await givenRobot(test.db)
    const key = newKey()
    await create(key, '断电')
    await test.db.update(operatorRequests).set({ state: 'unknown' }).where(eq(operatorRequests.key, key))
    const unknown = { status: 502, body: { error: { code: 'OUTCOME_UNKNOWN', reason: 'first_attempt_unknown' } } }
    expect(await create(key, '断电')).toMatchObject(unknown)
    await test.db
      .update(operatorRequests)
      .set({ state: 'running', finishedAt: null, createdAt: sql`clock_timestamp() - interval '2 minutes'` })
      .where(eq(operatorRequests.key, key))
    expect(await create(key, '断电')).toMatchObject(unknown)
    expect(await countNamed('断电')).toBe(1)
    const send = { key: newKey(), ids: { robotId }, body: { toUser: 'room_x', type: 'text', content: '你好' } }
    expect(await asAdmin(messageRoutes.POST, 'POST', send)).toMatchObject({
      body: { error: { code: 'SESSION_GONE' } },
    })
    expect(await rowOf(send.key)).toBeUndefined()
  })

  it('loses its stored response after 10 minutes and its key after 24 hours', async () => {
    const key = newKey()
    await create(key, '隔天')
    const age = (minutes: number) =>
      test.db
        .update(operatorRequests)
        .set({
          createdAt: sql`clock_timestamp() - make_interval(mins => ${minutes})`,
          finishedAt: sql`clock_timestamp() - make_interval(mins => ${minutes})`,
        })
        .where(eq(operatorRequests.key, key))
    await age(11)
    const done = { status: 409, body: { error: { reason: 'already_submitted' } } }
    expect(await create(key, '隔天')).toMatchObject(done)
    expect(await deleteOldRequests(test.db, { batchSize: 100 })).toBe(1)
    expect(await rowOf(key)).toMatchObject({ responseSealed: null })
    expect(await create(key, '隔天')).toMatchObject(done)
    await age(25 * 60)
    expect((await create(key, '隔天')).status).toBe(200)
    await age(25 * 60)
    await deleteOldRequests(test.db, { batchSize: 100 })
    expect(await rowOf(key)).toBeUndefined()
  })

  it('refuses a malformed key', async () => {
    for (const key of ['', 'short', 'x'.repeat(65), 'with blanks in it, long'])
      expect(await create(key, '坏键')).toMatchObject({ status: 400 })
    expect(await countNamed('坏键')).toBe(0)
  })
})
