import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Tx } from '@/lib/db/client'
import { robots } from '@/lib/db/schema/robot'
import { sessions } from '@/lib/db/schema/session'
import { givenRobot, givenSession } from '@/lib/testing/factories'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'
import { getLastSession } from '@/lib/session/get-session'
import { listChanges } from '@/lib/session/session-changes'
import * as record from '@/lib/session/record-session-state'
import { requestLogin } from '@/lib/session/request-login'

let database: TestDatabase
let robotId: string
const inTx = <T>(act: (tx: Tx) => Promise<T>) => database.db.transaction(act)
const login = (actor: string) =>
  inTx((tx) => requestLogin(tx, { robotId, callbackUrl: null, agentId: null, actor: `operator:${actor}` }))
const history = async () =>
  (await listChanges(database.db, { robotId, limit: 20 })).toReversed().map(({ state, cause, actor }) => {
    return [state, cause, actor].filter(Boolean).join(' ')
  })

beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())
beforeEach(async () => {
  robotId = await givenRobot(database.db)
})

describe('the history of a session', () => {
  it('records each state change with its cause and actor', async () => {
    const { sessionId } = await login('op_1')
    const account = { uin: robotId, username: '@me', nickname: '小微' }
    await inTx((tx) => record.recordQrCode(tx, { sessionId, content: 'https://l/1' }))
    await inTx((tx) => record.recordScan(tx, { sessionId, avatar: null }))
    await inTx((tx) => record.recordOnline(tx, { robotId, sessionId, account }))
    await inTx((tx) => record.recordReconnecting(tx, { sessionId, cause: 'wechat_silent' }))
    await inTx((tx) => record.recordOnline(tx, { robotId, sessionId, account }))
    await inTx((tx) => record.recordEnd(tx, { sessionId, reason: 'logged_out', actor: 'token:tok_1' }))
    expect(await history()).toEqual([
      'starting operator:op_1',
      'waiting_scan',
      'waiting_confirm',
      'online',
      'reconnecting wechat_silent',
      'online',
      'ended logged_out token:tok_1',
    ])
  })

  it('records a login that expired before the next one started', async () => {
    await login('op_1')
    await database.sql`update sessions set attempt_expires_at = now() where robot_id = ${robotId}`
    await login('op_2')
    expect(await history()).toEqual(['starting operator:op_1', 'ended not_scanned', 'starting operator:op_2'])
  })

  it('records no change for a new QR code or a joined login, and the state keeps its time', async () => {
    const { sessionId } = await login('op_1')
    await inTx((tx) => record.recordQrCode(tx, { sessionId, content: 'https://l/1' }))
    const before = await getLastSession(database.db, { robotId })
    await inTx((tx) => record.recordQrCode(tx, { sessionId, content: 'https://l/2' }))
    await login('op_2')
    expect(await history()).toEqual(['starting operator:op_1', 'waiting_scan'])
    const after = await getLastSession(database.db, { robotId })
    expect(after).toMatchObject({ qrContent: 'https://l/2', stateChangedAt: before?.stateChangedAt })
  })

  it('records a takeover as reconnecting while the session stays online', async () => {
    const sessionId = await givenSession(database.db, { robotId, onlineAt: new Date() })
    await database.db.update(robots).set({ wechatUin: robotId }).where(eq(robots.id, robotId))
    await inTx((tx) => record.recordTakeover(tx, { sessionId, cause: 'worker_lost', at: new Date() }))
    const [stored] = await database.db.select().from(sessions).where(eq(sessions.id, sessionId))
    expect(stored?.state).toBe('online')
    const account = { uin: robotId, username: '@me', nickname: '小微' }
    await inTx((tx) => record.recordOnline(tx, { robotId, sessionId, account }))
    expect(await history()).toEqual(['reconnecting worker_lost', 'online'])
  })

  it('the history of a session is listed newest first in pages, each change ending when the next starts', async () => {
    const { sessionId } = await login('op_1')
    await inTx((tx) => record.recordQrCode(tx, { sessionId, content: 'https://l/1' }))
    await inTx((tx) => record.recordEnd(tx, { sessionId, reason: 'cancelled' }))
    const [ended, waiting] = await listChanges(database.db, { robotId, limit: 2 })
    expect(ended).toMatchObject({ state: 'ended', endedAt: null })
    expect(waiting).toMatchObject({ state: 'waiting_scan', endedAt: ended?.at })
    const older = await listChanges(database.db, { robotId, beforeId: waiting?.id, limit: 2 })
    expect(older).toMatchObject([{ state: 'starting', endedAt: waiting?.at }])
  })
})
