import { desc } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { requestCommand } from '@/lib/command/request-command'
import { auditEntries } from '@/lib/db/schema/operator'
import { acceptMessage } from '@/lib/message/accept-message'
import { requestLogin } from '@/lib/session/request-login'
import { givenRobot, givenSession } from '@/lib/testing/factories'
import { useDashboard } from '@/lib/testing/use-dashboard'
import * as history from '@/app/api/dashboard/robots/[robotId]/history/route'
import * as cancel from '@/app/api/dashboard/robots/[robotId]/pacing/cancel/route'
import * as pacing from '@/app/api/dashboard/robots/[robotId]/pacing/route'

const test = useDashboard()
let ids: { robotId: string }
const accept = async (content: string) => {
  const message = { ...ids, toUser: 'filehelper', type: 'text', content, timeoutMs: 60_000 } as const
  return (await test.db.transaction((tx) => acceptMessage(tx, message))).messageId
}
const asViewer = (handler: unknown, method: string, body?: unknown) =>
  test.call(handler, method, { cookie: test.cookieOf.viewer, ids, body })
const read = async (query = '') => (await test.asAdmin(pacing.GET, 'GET', { ids, query })).body
const audited = async () =>
  (await test.db.select().from(auditEntries).orderBy(desc(auditEntries.id)).limit(1)).map(({ action, detail }) => {
    return { action, detail }
  })[0]

beforeEach(async () => {
  ids = { robotId: await givenRobot(test.db, { sendRatePerMinute: 60 }) }
})

describe('pacing', () => {
  it('shows the queue with positions and times, commands with requesters, and recent sends', async () => {
    await givenSession(test.db, ids)
    for (const content of ['一', '二', '三']) await accept(content)
    await test.db.transaction((tx) =>
      requestCommand(tx, { ...ids, type: 'sync_rooms', timeoutMs: 9000, actor: `operator:${test.adminId}` }),
    )
    const shown = await read('?limit=2')
    expect(shown).toMatchObject({
      ratePerMinute: 60,
      jitterPercent: 15,
      cooldownUntil: null,
      waitingCount: 3,
      waiting: [
        { content: '一', position: 1, state: 'queued' },
        { content: '二', position: 2 },
      ],
      commands: [{ type: 'sync_rooms', state: 'queued', requester: { email: 'admin@wxbot.test' } }],
    })
    expect(shown.sent).toHaveLength(30)
    const [first, second] = shown.waiting.map(({ expectedAt }: { expectedAt: string }) =>
      new Date(expectedAt).getTime(),
    )
    expect(second - first).toBe(1000)
  })

  it('predicts no time for a robot that is not online, and none before the end of rate limiting', async () => {
    await givenSession(test.db, { ...ids, state: 'reconnecting' })
    await accept('一')
    expect((await read()).waiting).toMatchObject([{ position: 1, expectedAt: null }])
    await test.sql`update sessions set state = 'online' where robot_id = ${ids.robotId}`
    await test.sql`insert into cooldowns (robot_id, operation, until)
      values (${ids.robotId}, 'send', now() + interval '20 seconds')`
    const { cooldownUntil, waiting } = await read()
    expect(Math.abs(new Date(waiting[0].expectedAt).getTime() - new Date(cooldownUntil).getTime())).toBeLessThan(1000)
  })

  it('pacing is changed by an admin within its limits, and audited', async () => {
    const change = (body: unknown) => test.asAdmin(pacing.PUT, 'PUT', { ids, body })
    expect(await change({ ratePerMinute: 20, jitterPercent: 40 })).toMatchObject({ status: 200 })
    expect(await read()).toMatchObject({ ratePerMinute: 20, jitterPercent: 40 })
    const detail = { sendRatePerMinute: { from: 60, to: 20 }, sendJitterPercent: { from: 15, to: 40 } }
    expect(await audited()).toEqual({ action: 'robot.update', detail })
    for (const [body, parameter] of [
      [{ ratePerMinute: -1, jitterPercent: 10 }, 'ratePerMinute'],
      [{ ratePerMinute: 1.5, jitterPercent: 10 }, 'ratePerMinute'],
      [{ ratePerMinute: 60, jitterPercent: 51 }, 'jitterPercent'],
      [{ ratePerMinute: 60 }, 'jitterPercent'],
    ] as const)
      expect(await change(body)).toMatchObject({ status: 400, body: { error: { parameter } } })
    expect(await asViewer(pacing.PUT, 'PUT', { ratePerMinute: 1, jitterPercent: 0 })).toMatchObject({ status: 403 })
  })
})

describe('cancelling', () => {
  const ask = (body: unknown) => test.asAdmin(cancel.POST, 'POST', { ids, body })

  it('cancels one message, then all up to the last shown one, and audits both', async () => {
    await givenSession(test.db, ids)
    const messageId = await accept('一')
    for (const content of ['二', '三']) await accept(content)
    expect(await ask({ messageId })).toMatchObject({ status: 200, body: { count: 1 } })
    expect(await audited()).toEqual({ action: 'message.cancel', detail: { count: 1, messageId } })
    const { lastSequence } = await read()
    expect(await ask({ throughSequence: lastSequence })).toMatchObject({ body: { count: 2 } })
    expect(await read()).toMatchObject({ waitingCount: 0, lastSequence: null, waiting: [] })
  })

  it('refuses to cancel a message that is being sent or of another robot, an empty form, and a viewer', async () => {
    await givenSession(test.db, ids)
    const messageId = await accept('一')
    await test.sql`update messages set state = 'sending' where id = ${messageId}`
    expect(await ask({ messageId })).toMatchObject({ status: 409, body: { error: { code: 'ILLEGAL_ACTION' } } })
    const other = { robotId: await givenRobot(test.db) }
    const foreign = await test.asAdmin(cancel.POST, 'POST', { ids: other, body: { messageId } })
    expect(foreign).toMatchObject({ status: 404 })
    for (const body of [{}, { throughSequence: 0 }, { messageId: '' }])
      expect(await ask(body)).toMatchObject({ status: 400 })
    expect(await asViewer(cancel.POST, 'POST', { messageId })).toMatchObject({ status: 403 })
  })
})

describe('the history of a robot', () => {
  it('the history of a robot is shown to viewers too, in pages, newest first, with requesters', async () => {
    const actor = `operator:${test.adminId}`
    await test.db.transaction((tx) => requestLogin(tx, { ...ids, callbackUrl: null, agentId: null, actor }))
    await test.sql`update sessions set attempt_expires_at = now() where robot_id = ${ids.robotId}`
    await test.db.transaction((tx) =>
      requestLogin(tx, { ...ids, callbackUrl: null, agentId: null, actor: 'token:gone' }),
    )
    const { body } = await asViewer(history.GET, 'GET')
    expect(body).toMatchObject([
      { state: 'starting', requester: { actor: 'token:gone', tokenName: null }, endedAt: null },
      { state: 'ended', cause: 'not_scanned', requester: null },
      { state: 'starting', requester: { email: 'admin@wxbot.test' } },
    ])
    const older = await test.asAdmin(history.GET, 'GET', { ids, query: `?before=${body[1].id}` })
    expect(older.body).toHaveLength(1)
  })

  it('refuses an invalid page and an unknown robot', async () => {
    expect(await test.asAdmin(history.GET, 'GET', { ids, query: '?before=x' })).toMatchObject({ status: 400 })
    expect(await test.asAdmin(pacing.GET, 'GET', { ids, query: '?limit=0' })).toMatchObject({ status: 400 })
    for (const handler of [history.GET, pacing.GET])
      expect(await test.asAdmin(handler, 'GET', { ids: { robotId: 'rbt_none' } })).toMatchObject({ status: 404 })
  })
})
