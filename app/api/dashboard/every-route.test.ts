import { and, eq, inArray } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { authenticateToken } from '@/lib/application/authenticate-token'
import { auditEntries, operators } from '@/lib/db/schema/operator'
import { givenOperator, givenRobot, givenSession } from '@/lib/testing/factories'
import { listDashboardHandlers } from '@/lib/testing/list-dashboard-handlers'
import { useDashboard } from '@/lib/testing/use-dashboard'
import * as ownPassword from '@/app/api/dashboard/account/password/route'
import * as application from '@/app/api/dashboard/applications/[applicationId]/route'
import * as callbackToken from '@/app/api/dashboard/applications/[applicationId]/callback-token/route'
import * as resume from '@/app/api/dashboard/applications/[applicationId]/endpoint/resume/route'
import * as rotateSecret from '@/app/api/dashboard/applications/[applicationId]/signing-secret/rotate/route'
import * as testEvent from '@/app/api/dashboard/applications/[applicationId]/test-event/route'
import * as rotate from '@/app/api/dashboard/applications/[applicationId]/tokens/[tokenId]/rotate/route'
import * as token from '@/app/api/dashboard/applications/[applicationId]/tokens/[tokenId]/route'
import * as tokens from '@/app/api/dashboard/applications/[applicationId]/tokens/route'
import * as applications from '@/app/api/dashboard/applications/route'
import * as endpoints from '@/app/api/dashboard/callbacks/endpoints/route'
import * as replay from '@/app/api/dashboard/callbacks/replay/route'
import * as callbacks from '@/app/api/dashboard/callbacks/route'
import * as metrics from '@/app/api/dashboard/metrics/route'
import * as overview from '@/app/api/dashboard/overview/route'
import * as messages from '@/app/api/dashboard/robots/[robotId]/messages/route'
import * as rooms from '@/app/api/dashboard/robots/[robotId]/rooms/route'
import * as robot from '@/app/api/dashboard/robots/[robotId]/route'
import * as robots from '@/app/api/dashboard/robots/route'
import * as session from '@/app/api/dashboard/sessions/[sessionId]/route'

const handlers = await listDashboardHandlers()
const test = useDashboard()
const { asAdmin, call } = test

describe.each(handlers)('$name', ({ method, handler }) => {
  it('refuses a request without a session', async () => {
    expect(await call(handler, method, {})).toMatchObject({ status: 401, body: { error: { code: 'SIGNED_OUT' } } })
    const forged = { cookie: 'next-auth.session-token=forged' }
    expect(await call(handler, method, forged)).toMatchObject({ status: 401 })
  })
})

describe.each(handlers.filter(({ method }) => method !== 'GET'))('$name', ({ method, handler }) => {
  it('refuses a viewer, and a cross-site request with the cookie of an admin', async () => {
    const ids = { sessionId: 'ops_none' }
    const asViewer = await call(handler, method, { cookie: test.cookieOf.viewer, ids })
    // A viewer may change their own password and sessions; here the form is empty, and the session does not exist.
    const own = new Map<unknown, number>([
      [ownPassword.PUT, 400],
      [session.DELETE, 404],
    ]).get(handler)
    const refusal = own ? { status: own } : { status: 403, body: { error: { code: 'FORBIDDEN' } } }
    expect(asViewer).toMatchObject(refusal)
    const crossSite = await call(handler, method, { cookie: test.cookieOf.admin, site: 'cross-site' })
    expect(crossSite).toMatchObject({ status: 403, body: { error: { code: 'CROSS_SITE' } } })
  })
})

describe('the dashboard', () => {
  it('lets a viewer read the overview', async () => {
    expect(await call(overview.GET, 'GET', { cookie: test.cookieOf.viewer })).toMatchObject({ status: 200 })
  })

  it('groups figures by the days of a time zone, and refuses an unknown zone or range', async () => {
    const ask = (query: string) => asAdmin(metrics.GET, 'GET', { query })
    expect((await ask('?range=7d&timeZone=Asia/Shanghai')).body.points).toHaveLength(7)
    for (const query of ['', '?range=1y&timeZone=UTC', '?range=1h&timeZone=%2B08:00', '?range=1h&timeZone=Mars/Base'])
      expect(await ask(query)).toMatchObject({ status: 400, body: { error: { code: 'INVALID_PARAMETER' } } })
  })

  it('refuses a removed operator whose cookie is still valid', async () => {
    const goneId = await givenOperator(test.db, { email: 'gone@wxbot.test' })
    const cookie = await test.cookie(goneId)
    expect(await call(robots.GET, 'GET', { cookie })).toMatchObject({ status: 200 })
    await test.db.delete(operators).where(eq(operators.id, goneId))
    expect(await call(robots.GET, 'GET', { cookie })).toMatchObject({ status: 401 })
  })

  it('a token is shown once, is listed with its last four characters only, and stops working when revoked', async () => {
    const created = await asAdmin(applications.POST, 'POST', { body: { name: ' 云商城 ', callbackUrl: '' } })
    const ids = { applicationId: created.body.applicationId as string }
    const issued = await asAdmin(tokens.POST, 'POST', { ids, body: { name: '收银', expiresAt: null } })
    await expect(authenticateToken(test.db, issued.body.token)).resolves.toMatchObject(ids)
    const shown = await asAdmin(application.GET, 'GET', { ids })
    expect(shown.body.name).toBe('云商城')
    expect(shown.body.tokens.map((one: { name: string }) => one.name)).toContain('收银')
    for (const secret of [created.body.token, created.body.signingSecret, issued.body.token])
      expect(JSON.stringify(shown.body)).not.toContain(secret)
    await asAdmin(token.DELETE, 'DELETE', { ids: { ...ids, tokenId: issued.body.tokenId } })
    await expect(authenticateToken(test.db, issued.body.token)).rejects.toMatchObject({ code: 'TOKEN_UNKNOWN' })
  })

  it('a rotated token overlaps with the old one, callbacks get their own, and the audit records both', async () => {
    const created = await asAdmin(applications.POST, 'POST', { body: { name: '换令牌', callbackUrl: '' } })
    const ids = { applicationId: created.body.applicationId as string, tokenId: created.body.tokenId as string }
    const rotated = await asAdmin(rotate.POST, 'POST', { ids, body: { overlapSeconds: 3600, expiresAt: null } })
    for (const { token: accepted } of [created.body, rotated.body])
      await expect(authenticateToken(test.db, accepted)).resolves.toMatchObject({
        applicationId: ids.applicationId,
      })
    const own = await asAdmin(callbackToken.POST, 'POST', { ids, body: { overlapSeconds: 0 } })
    const shown = await asAdmin(application.GET, 'GET', { ids })
    expect(shown.body.tokens).toMatchObject([
      { id: own.body.tokenId, isCallbackOnly: true, isInCallbacks: true },
      { id: rotated.body.tokenId, state: 'active', isReplaced: false, isInCallbacks: false },
      { id: ids.tokenId, state: 'active', isReplaced: true, expiresAt: rotated.body.oldEndsAt },
    ])
    const again = await asAdmin(rotate.POST, 'POST', { ids, body: { overlapSeconds: 3600 } })
    expect(again).toMatchObject({ status: 400, body: { error: { parameter: 'tokenId' } } })
    const foreign = { ...ids, applicationId: 'app_other' }
    expect(await asAdmin(rotate.POST, 'POST', { ids: foreign, body: { overlapSeconds: 0 } })).toMatchObject({
      status: 404,
    })
    const entries = await test.db
      .select()
      .from(auditEntries)
      .where(inArray(auditEntries.targetId, [ids.tokenId, ids.applicationId]))
    expect(entries.map(({ action }) => action)).toEqual([
      'application.create',
      'token.roll',
      'application.callback_token',
    ])
    for (const secret of [rotated.body.token, own.body.token])
      expect(JSON.stringify([entries, shown.body])).not.toContain(secret)
  })

  it('rotates the signing secret, sends a test event, resumes a paused endpoint and replays callbacks', async () => {
    const callbackUrl = 'http://127.0.0.1:9/cb'
    const created = await asAdmin(applications.POST, 'POST', { body: { name: '回调', callbackUrl } })
    const applicationId = created.body.applicationId as string
    const ids = { applicationId }
    const rotated = await asAdmin(rotateSecret.POST, 'POST', { ids, body: { overlapSeconds: 60 } })
    expect(rotated.body).toEqual({ signingSecret: expect.stringMatching(/^whsec_/), oldEndsAt: expect.any(String) })
    expect(rotated.body.signingSecret).not.toBe(created.body.signingSecret)

    const { eventId } = (await asAdmin(testEvent.POST, 'POST', { ids })).body
    const shown = await asAdmin(callbacks.GET, 'GET', { query: `?application=${applicationId}` })
    expect(shown.body.rows).toMatchObject([{ id: eventId, type: 'test', state: 'pending' }])

    await test.sql`insert into callback_endpoints (lane, application_id, url, paused_at, pause_reason)
      values (${`application:${applicationId}`}, ${applicationId}, ${callbackUrl}, now(), 'gone')`
    const paused = async () => (await asAdmin(endpoints.GET, 'GET')).body
    expect(await paused()).toMatchObject([{ applicationId, state: 'paused', pauseReason: 'gone' }])
    await asAdmin(resume.POST, 'POST', { ids })
    expect(await paused()).toEqual([])

    await test.sql`update callback_events set state = 'dead', finished_at = now() where id = ${eventId}`
    const since = new Date(Date.now() - 60_000).toISOString()
    expect((await asAdmin(replay.POST, 'POST', { body: { applicationId, since } })).body).toMatchObject({ count: 0 })
    expect((await asAdmin(replay.POST, 'POST', { body: { ids: [eventId] } })).body).toMatchObject({ count: 1 })
    expect((await asAdmin(replay.POST, 'POST', { body: { ids: ['evt_none'] } })).body).toMatchObject({ count: 0 })
    expect(await asAdmin(replay.POST, 'POST', { body: { since } })).toMatchObject({ status: 400 })
  })

  it('records the actor and the action of a change, without secrets', async () => {
    const created = await asAdmin(applications.POST, 'POST', { body: { name: '有记录的' } })
    const ofIt = and(
      eq(auditEntries.targetId, created.body.applicationId),
      eq(auditEntries.actor, `operator:${test.adminId}`),
    )
    const entries = await test.db.select().from(auditEntries).where(ofIt)
    expect(entries.map((entry) => entry.action)).toEqual(['application.create'])
    expect(JSON.stringify(entries)).not.toContain(created.body.token)
  })

  it('records refused changes once per target', async () => {
    const refuse = (cookie: string, site: string) =>
      call(applications.POST, 'POST', { cookie, site, body: { name: '不行' } })
    for (let count = 0; count < 3; count++) {
      await refuse(test.cookieOf.viewer, 'same-origin')
      await refuse(test.cookieOf.admin, 'cross-site')
    }
    const refused = eq(auditEntries.action, 'access.refuse')
    const entries = await test.db.select().from(auditEntries).where(refused)
    const reasons = entries.map(({ detail }) => String(detail['reason']))
    expect(reasons.toSorted()).toEqual(['CROSS_SITE', 'FORBIDDEN'])
    expect(entries[0]).toMatchObject({ targetId: '/api/dashboard/path', detail: { path: '/api/dashboard/path' } })
  })

  it('names the invalid field of a form', async () => {
    const wrong = await asAdmin(applications.POST, 'POST', {
      body: { name: '店', callbackUrl: 'http://127.0.0.1:3000/' },
    })
    expect(wrong).toMatchObject({
      status: 400,
      body: { error: { code: 'INVALID_PARAMETER', parameter: 'callbackUrl' } },
    })
    const empty = await asAdmin(applications.POST, 'POST', { body: { name: ' ' } })
    expect(empty).toMatchObject({ status: 400, body: { error: { parameter: 'name' } } })
  })

  it('returns 404 for ids that do not exist, or are impossible', async () => {
    for (const robotId of ['rbt_nothing', 'rbt_\0'])
      for (const handler of [robot.GET, rooms.GET, messages.GET])
        expect(await asAdmin(handler, 'GET', { ids: { robotId } })).toMatchObject({ status: 404 })
  })

  it("shows the QR code of a current login, and never a session's credentials", async () => {
    const robotId = await givenRobot(test.db)
    const qrContent = 'https://login.weixin.qq.com/l/abc=='
    await givenSession(test.db, { robotId, state: 'waiting_scan', qrContent, credentialsSealed: 'sealed-text' })
    const shown = await asAdmin(robot.GET, 'GET', { ids: { robotId } })
    expect(shown.body).toMatchObject({ status: 'waiting_scan', qr: { state: 'waiting_scan', phoneUrl: null } })
    expect(JSON.stringify(shown.body)).not.toContain('sealed-text')
  })
})
