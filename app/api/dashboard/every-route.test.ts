import { and, eq, inArray } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { authenticateToken } from '@/lib/application/authenticate-token'
import { auditEntries, operators } from '@/lib/db/schema/operator'
import { createOperator } from '@/lib/operator/create-operator'
import { givenRobot, givenSession } from '@/lib/testing/factories'
import { listDashboardHandlers } from '@/lib/testing/list-dashboard-handlers'
import { useDashboard } from '@/lib/testing/use-dashboard'
import * as ownPassword from './account/password/route'
import * as application from './applications/[applicationId]/route'
import * as callbackToken from './applications/[applicationId]/callback-token/route'
import * as resume from './applications/[applicationId]/endpoint/resume/route'
import * as rollSecret from './applications/[applicationId]/signing-secret/roll/route'
import * as testEvent from './applications/[applicationId]/test-event/route'
import * as roll from './applications/[applicationId]/tokens/[tokenId]/roll/route'
import * as token from './applications/[applicationId]/tokens/[tokenId]/route'
import * as tokens from './applications/[applicationId]/tokens/route'
import * as applications from './applications/route'
import * as endpoints from './callbacks/endpoints/route'
import * as replay from './callbacks/replay/route'
import * as callbacks from './callbacks/route'
import * as metrics from './metrics/route'
import * as overview from './overview/route'
import * as messages from './robots/[robotId]/messages/route'
import * as rooms from './robots/[robotId]/rooms/route'
import * as robot from './robots/[robotId]/route'
import * as robots from './robots/route'

const handlers = await listDashboardHandlers()
const test = useDashboard()
const { asAdmin, call } = test

describe.each(handlers)('$name', ({ method, handler }) => {
  it('refuses who is not signed in', async () => {
    expect(await call(handler, method, {})).toMatchObject({ status: 401, answer: { error: { code: 'SIGNED_OUT' } } })
    const forged = { cookie: 'next-auth.session-token=forged' }
    expect(await call(handler, method, forged)).toMatchObject({ status: 401 })
  })
})

describe.each(handlers.filter(({ method }) => method !== 'GET'))('$name', ({ method, handler }) => {
  it('refuses a viewer, and another site acting through an admin', async () => {
    const asViewer = await call(handler, method, { cookie: test.cookieOf.viewer })
    // One's own password is the one thing a viewer may change; here the form is empty.
    const refusal =
      handler === ownPassword.PUT ? { status: 400 } : { status: 403, answer: { error: { code: 'FORBIDDEN' } } }
    expect(asViewer).toMatchObject(refusal)
    const crossSite = await call(handler, method, { cookie: test.cookieOf.admin, site: 'cross-site' })
    expect(crossSite).toMatchObject({ status: 403, answer: { error: { code: 'CROSS_SITE' } } })
  })
})

describe('the dashboard', () => {
  it('lets a viewer read', async () => {
    expect(await call(overview.GET, 'GET', { cookie: test.cookieOf.viewer })).toMatchObject({ status: 200 })
  })

  it('shows figures by the clocks of a zone that exists', async () => {
    const ask = (query: string) => asAdmin(metrics.GET, 'GET', { query })
    expect((await ask('?range=7d&timeZone=Asia/Shanghai')).answer.points).toHaveLength(7)
    for (const query of ['', '?range=1y&timeZone=UTC', '?range=1h&timeZone=%2B08:00', '?range=1h&timeZone=Mars/Base'])
      expect(await ask(query)).toMatchObject({ status: 400, answer: { error: { code: 'INVALID_PARAMETER' } } })
  })

  it('signs out an operator who was removed, though the cookie still holds', async () => {
    const email = 'gone@wxbot.test'
    const gone = await createOperator(test.db, { email, password: 'correct horse battery', role: 'admin' })
    const cookie = await test.cookie(gone.operatorId)
    expect(await call(robots.GET, 'GET', { cookie })).toMatchObject({ status: 200 })
    await test.db.delete(operators).where(eq(operators.id, gone.operatorId))
    expect(await call(robots.GET, 'GET', { cookie })).toMatchObject({ status: 401 })
  })

  it('shows a token once: it works, the list has its last four only, and after the revocation it is dead', async () => {
    const created = await asAdmin(applications.POST, 'POST', { body: { name: ' 云商城 ', callbackUrl: '' } })
    const ids = { applicationId: created.answer.applicationId as string }
    const issued = await asAdmin(tokens.POST, 'POST', { ids, body: { name: '收银', expiresAt: null } })
    await expect(authenticateToken(test.db, issued.answer.token)).resolves.toMatchObject(ids)
    const shown = await asAdmin(application.GET, 'GET', { ids })
    expect(shown.answer.name).toBe('云商城')
    expect(shown.answer.tokens.map((one: { name: string }) => one.name)).toContain('收银')
    for (const secret of [created.answer.token, created.answer.signingSecret, issued.answer.token])
      expect(JSON.stringify(shown.answer)).not.toContain(secret)
    await asAdmin(token.DELETE, 'DELETE', { ids: { ...ids, tokenId: issued.answer.tokenId } })
    await expect(authenticateToken(test.db, issued.answer.token)).rejects.toMatchObject({ code: 'TOKEN_UNKNOWN' })
  })

  it('rolls a token with an overlap, gives callbacks one of their own, and records both', async () => {
    const created = await asAdmin(applications.POST, 'POST', { body: { name: '换令牌', callbackUrl: '' } })
    const ids = { applicationId: created.answer.applicationId as string, tokenId: created.answer.tokenId as string }
    const rolled = await asAdmin(roll.POST, 'POST', { ids, body: { overlapSeconds: 3600, expiresAt: null } })
    for (const { token: accepted } of [created.answer, rolled.answer])
      await expect(authenticateToken(test.db, accepted)).resolves.toMatchObject({
        applicationId: ids.applicationId,
      })
    const own = await asAdmin(callbackToken.POST, 'POST', { ids, body: { overlapSeconds: 0 } })
    const shown = await asAdmin(application.GET, 'GET', { ids })
    expect(shown.answer.tokens).toMatchObject([
      { id: own.answer.tokenId, isCallbackOnly: true, isInCallbacks: true },
      { id: rolled.answer.tokenId, state: 'active', isReplaced: false, isInCallbacks: false },
      { id: ids.tokenId, state: 'active', isReplaced: true, expiresAt: rolled.answer.oldEndsAt },
    ])
    const again = await asAdmin(roll.POST, 'POST', { ids, body: { overlapSeconds: 3600 } })
    expect(again).toMatchObject({ status: 400, answer: { error: { parameter: 'tokenId' } } })
    const foreign = { ...ids, applicationId: 'app_other' }
    expect(await asAdmin(roll.POST, 'POST', { ids: foreign, body: { overlapSeconds: 0 } })).toMatchObject({
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
    for (const secret of [rolled.answer.token, own.answer.token])
      expect(JSON.stringify([entries, shown.answer])).not.toContain(secret)
  })

  it('rolls the signing secret, sends a test event, pauses show and are ended, callbacks are sent again', async () => {
    const callbackUrl = 'http://127.0.0.1:9/cb'
    const created = await asAdmin(applications.POST, 'POST', { body: { name: '回调', callbackUrl } })
    const applicationId = created.answer.applicationId as string
    const ids = { applicationId }
    const rolled = await asAdmin(rollSecret.POST, 'POST', { ids, body: { overlapSeconds: 60 } })
    expect(rolled.answer).toEqual({ signingSecret: expect.stringMatching(/^whsec_/), oldEndsAt: expect.any(String) })
    expect(rolled.answer.signingSecret).not.toBe(created.answer.signingSecret)

    const { eventId } = (await asAdmin(testEvent.POST, 'POST', { ids })).answer
    const shown = await asAdmin(callbacks.GET, 'GET', { query: `?application=${applicationId}` })
    expect(shown.answer.rows).toMatchObject([{ id: eventId, type: 'test', state: 'pending' }])

    await test.sql`insert into callback_endpoints (lane, application_id, url, paused_at, pause_reason)
      values (${`application:${applicationId}`}, ${applicationId}, ${callbackUrl}, now(), 'gone')`
    const paused = async () => (await asAdmin(endpoints.GET, 'GET')).answer
    expect(await paused()).toMatchObject([{ applicationId, state: 'paused', pauseReason: 'gone' }])
    await asAdmin(resume.POST, 'POST', { ids })
    expect(await paused()).toEqual([])

    await test.sql`update callback_events set state = 'dead', finished_at = now() where id = ${eventId}`
    const since = new Date(Date.now() - 60_000).toISOString()
    expect((await asAdmin(replay.POST, 'POST', { body: { applicationId, since } })).answer).toMatchObject({ count: 0 })
    expect((await asAdmin(replay.POST, 'POST', { body: { ids: [eventId] } })).answer).toMatchObject({ count: 1 })
    expect((await asAdmin(replay.POST, 'POST', { body: { ids: ['evt_none'] } })).answer).toMatchObject({ count: 0 })
    expect(await asAdmin(replay.POST, 'POST', { body: { since } })).toMatchObject({ status: 400 })
  })

  it('records who changed what', async () => {
    const created = await asAdmin(applications.POST, 'POST', { body: { name: '有记录的' } })
    const ofIt = and(
      eq(auditEntries.targetId, created.answer.applicationId),
      eq(auditEntries.actor, `operator:${test.adminId}`),
    )
    const entries = await test.db.select().from(auditEntries).where(ofIt)
    expect(entries.map((entry) => entry.action)).toEqual(['application.create'])
    expect(JSON.stringify(entries)).not.toContain(created.answer.token)
  })

  it('names the field that a form has wrong', async () => {
    const wrong = await asAdmin(applications.POST, 'POST', {
      body: { name: '店', callbackUrl: 'http://127.0.0.1:3000/' },
    })
    expect(wrong).toMatchObject({
      status: 400,
      answer: { error: { code: 'INVALID_PARAMETER', parameter: 'callbackUrl' } },
    })
    const empty = await asAdmin(applications.POST, 'POST', { body: { name: ' ' } })
    expect(empty).toMatchObject({ status: 400, answer: { error: { parameter: 'name' } } })
  })

  it('answers ids that do not exist, or cannot, with 404', async () => {
    for (const robotId of ['rbt_nothing', 'rbt_\0'])
      for (const handler of [robot.GET, rooms.GET, messages.GET])
        expect(await asAdmin(handler, 'GET', { ids: { robotId } })).toMatchObject({ status: 404 })
  })

  it("shows the code while an attempt lives, and never a session's credentials", async () => {
    const robotId = await givenRobot(test.db)
    const qrContent = 'https://login.weixin.qq.com/l/abc=='
    await givenSession(test.db, { robotId, state: 'waiting_scan', qrContent, credentialsSealed: 'sealed-text' })
    const shown = await asAdmin(robot.GET, 'GET', { ids: { robotId } })
    expect(shown.answer).toMatchObject({ status: 'waiting_scan', qr: { state: 'waiting_scan', phoneUrl: null } })
    expect(JSON.stringify(shown.answer)).not.toContain('sealed-text')
  })
})
