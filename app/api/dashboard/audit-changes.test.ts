import { and, asc, eq } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { issueToken } from '@/lib/application/issue-token'
import { auditEntries, operators } from '@/lib/db/schema/operator'
import { quns } from '@/lib/db/schema/qun'
import { newId } from '@/lib/id'
import { givenApplication, givenRobot, givenRoom, givenSession } from '@/lib/testing/factories'
import { useDashboard } from '@/lib/testing/use-dashboard'
import { verifyAudit } from '@/lib/audit/verify-audit'
import * as resume from '@/app/api/dashboard/applications/[applicationId]/endpoint/resume/route'
import * as application from '@/app/api/dashboard/applications/[applicationId]/route'
import * as testEvent from '@/app/api/dashboard/applications/[applicationId]/test-event/route'
import * as token from '@/app/api/dashboard/applications/[applicationId]/tokens/[tokenId]/route'
import * as replay from '@/app/api/dashboard/callbacks/replay/route'
import * as operator from '@/app/api/dashboard/operators/[operatorId]/route'
import * as unlock from '@/app/api/dashboard/operators/[operatorId]/unlock/route'
import * as qun from '@/app/api/dashboard/quns/[qunId]/route'
import * as assistant from '@/app/api/dashboard/robots/[robotId]/assistant/route'
import * as login from '@/app/api/dashboard/robots/[robotId]/login/route'
import * as pacing from '@/app/api/dashboard/robots/[robotId]/pacing/route'
import * as bindings from '@/app/api/dashboard/robots/[robotId]/rooms/bindings/route'
import * as sync from '@/app/api/dashboard/robots/[robotId]/rooms/sync/route'
import * as robot from '@/app/api/dashboard/robots/[robotId]/route'
import * as robots from '@/app/api/dashboard/robots/route'

const test = useDashboard()
const { asAdmin } = test
let ids: Record<'applicationId' | 'tokenId' | 'robotId' | 'roomId' | 'qunId' | 'operatorId', string>

beforeAll(async () => {
  const { db } = test
  const applicationId = await givenApplication(db, { name: '店', callbackUrl: 'http://127.0.0.1:9/cb' })
  const { tokenId } = await issueToken(db, { applicationId, name: '收银' })
  const robotId = await givenRobot(db, { applicationId })
  const roomId = await givenRoom(db, { robotId, name: '群', username: '@@1' })
  const qunId = newId('qun')
  const number = { number: '123456789012345', groupCode: 'c', ownerName: '王', ownerKey: 'k', name: '群' }
  await db.insert(quns).values({ id: qunId, robotId, ...number })
  const operatorId = newId('operator')
  await db.insert(operators).values({ id: operatorId, email: 'x@wxbot.test', passwordHash: '-', role: 'viewer' })
  ids = { applicationId, tokenId, robotId, roomId, qunId, operatorId }
})

/** Reads the audit entries about a target, with their details. */
async function entriesOf(targetId: string, action: string) {
  const isIt = and(eq(auditEntries.targetId, targetId), eq(auditEntries.action, action))
  const entries = await test.db.select().from(auditEntries).where(isIt).orderBy(asc(auditEntries.id))
  return entries.map(({ detail }) => detail)
}

type Row = [
  name: string,
  handler: unknown,
  method: string,
  action: string,
  target: keyof typeof ids,
  body: () => object,
]

describe('a change is audited with its old and new values, and an unchanged repetition is not:', () => {
  it.each<[...Row, detail: object]>([
    [
      'application',
      application.PATCH,
      'PATCH',
      'application.update',
      'applicationId',
      () => ({ name: '新店' }),
      { name: { from: '店', to: '新店' } },
    ],
    [
      'disabled',
      application.PATCH,
      'PATCH',
      'application.update',
      'applicationId',
      () => ({ isDisabled: true }),
      { isDisabled: { from: false, to: true } },
    ],
    [
      'enabled',
      application.PATCH,
      'PATCH',
      'application.update',
      'applicationId',
      () => ({ isDisabled: false }),
      { isDisabled: { from: true, to: false } },
    ],
    [
      'token',
      token.PATCH,
      'PATCH',
      'token.update',
      'tokenId',
      () => ({ rateLimitPerMinute: 5 }),
      { rateLimitPerMinute: { from: 600, to: 5 } },
    ],
    [
      'pace',
      pacing.PUT,
      'PUT',
      'robot.update',
      'robotId',
      () => ({ ratePerMinute: 7, jitterPercent: 30 }),
      { sendRatePerMinute: { from: 0, to: 7 }, sendJitterPercent: { from: 15, to: 30 } },
    ],
    [
      'agent id',
      robot.PATCH,
      'PATCH',
      'robot.update',
      'robotId',
      () => ({ agentId: 'agent-1', isConfirmed: true }),
      { agentId: { from: null, to: 'agent-1' } },
    ],
    [
      'assistant',
      assistant.PATCH,
      'PATCH',
      'robot.update',
      'robotId',
      () => ({ isAssistant: true, companions: ['乙', '甲'] }),
      { isAssistant: { from: false, to: true }, companions: { from: [], to: ['乙', '甲'] } },
    ],
    [
      'qun',
      qun.PATCH,
      'PATCH',
      'qun.update',
      'qunId',
      () => ({ isPaused: true }),
      { isPaused: { from: false, to: true } },
    ],
    [
      'binding',
      bindings.PUT,
      'PUT',
      'room.bind',
      'roomId',
      () => ({ roomIds: [ids.roomId], isBound: true, isConfirmed: true }),
      { isBound: { from: null, to: true } },
    ],
    [
      'role',
      operator.PATCH,
      'PATCH',
      'operator.role',
      'operatorId',
      () => ({ role: 'admin' }),
      { role: { from: 'viewer', to: 'admin' } },
    ],
  ])('%s', async (_name, handler, method, action, target, body, detail) => {
    const before = await entriesOf(ids[target], action)
    for (let count = 0; count < 2; count++)
      expect(await asAdmin(handler, method, { ids, body: body() })).toMatchObject({ status: 200 })
    const added = (await entriesOf(ids[target], action)).slice(before.length)
    expect(added).toHaveLength(1)
    expect(added[0]).toMatchObject(detail)
    expect(Object.values(added[0] ?? {}).filter((value) => typeof value === 'object' && value !== null)).toHaveLength(
      Object.keys(detail).length,
    )
  })

  it.each<Row>([
    ['resuming a healthy endpoint', resume.POST, 'POST', 'callback.resume', 'applicationId', () => ({})],
    ['unlocking an account that is not locked', unlock.POST, 'POST', 'operator.unlock', 'operatorId', () => ({})],
    [
      'replaying nothing',
      replay.POST,
      'POST',
      'callback.replay',
      'applicationId',
      () => ({ applicationId: ids.applicationId, since: new Date().toISOString() }),
    ],
  ])('%s is not audited', async (_name, handler, method, action, target, body) => {
    expect(await asAdmin(handler, method, { ids, body: body() })).toMatchObject({ status: 200 })
    expect(await entriesOf(ids[target], action)).toEqual([])
  })

  it('revoking a token again, and creating an existing robot, are not audited', async () => {
    for (let count = 0; count < 2; count++) await asAdmin(token.DELETE, 'DELETE', { ids })
    expect(await entriesOf(ids.tokenId, 'token.revoke')).toHaveLength(1)
    const body = { applicationId: ids.applicationId, username: 'weimi9' }
    const made = (await asAdmin(robots.POST, 'POST', { body })).body as { robotId: string }
    await asAdmin(robots.POST, 'POST', { body })
    expect(await entriesOf(made.robotId, 'robot.create')).toHaveLength(1)
  })
})

describe('the audit records', () => {
  it('a test event is audited', async () => {
    const { eventId } = (await asAdmin(testEvent.POST, 'POST', { ids })).body as { eventId: string }
    expect(await entriesOf(ids.applicationId, 'callback.test')).toEqual([{ eventId }])
  })

  it('a repeated login is audited once, and the display of its QR code once per admin', async () => {
    const owner = test.startFakeWorker({ command: () => ({ result: {} }) })
    for (let count = 0; count < 2; count++) await asAdmin(login.POST, 'POST', { ids })
    expect(await entriesOf(ids.robotId, 'robot.login')).toHaveLength(1)
    expect(await entriesOf(ids.robotId, 'robot.scan_link')).toEqual([])
    for (let count = 0; count < 3; count++) {
      await asAdmin(robot.GET, 'GET', { ids })
      await test.call(robot.GET, 'GET', { ids, cookie: test.cookieOf.viewer })
    }
    expect(await entriesOf(ids.robotId, 'robot.scan_link')).toEqual([{}])
    await owner.close()
  })

  it('a sync is audited', async () => {
    const robotId = await givenRobot(test.db)
    await givenSession(test.db, { robotId })
    const owner = test.startFakeWorker({ command: () => ({ result: {} }) })
    expect(await asAdmin(sync.POST, 'POST', { ids: { robotId } })).toMatchObject({ status: 200 })
    expect(await entriesOf(robotId, 'robot.sync')).toHaveLength(1)
    await owner.close()
  })

  it('all audit entries form one unbroken chain', async () => {
    expect(await verifyAudit(test.db)).toMatchObject({ broken: null })
  })
})
