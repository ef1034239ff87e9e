import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Tx } from '../db/client'
import { robots } from '../db/schema/robot'
import { sessions } from '../db/schema/session'
import { givenRobot, givenSession } from '../testing/factories'
import { createTestDatabase, type TestDatabase } from '../testing/test-database'
import { getLastSession } from './get-last-session'
import { listChanges } from './list-changes'
import * as record from './record-progress'
import { requestLogin } from './request-login'

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

describe('what a session goes through', () => {
  it('is kept by whoever changes its state, with why and who asked', async () => {
    const { sessionId } = await login('op_1')
    const account = { uin: robotId, username: '@me', nickname: '小微' }
    await inTx((tx) => record.recordCode(tx, { sessionId, content: 'https://l/1' }))
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

  it('tells of an attempt that ran out before the next one began', async () => {
    await login('op_1')
    await database.sql`update sessions set attempt_expires_at = now() where robot_id = ${robotId}`
    await login('op_2')
    expect(await history()).toEqual(['starting operator:op_1', 'ended not_scanned', 'starting operator:op_2'])
  })

  it('counts a new code, or who joins the attempt, as no change, and keeps since when', async () => {
    const { sessionId } = await login('op_1')
    await inTx((tx) => record.recordCode(tx, { sessionId, content: 'https://l/1' }))
    const before = await getLastSession(database.db, { robotId })
    await inTx((tx) => record.recordCode(tx, { sessionId, content: 'https://l/2' }))
    await login('op_2')
    expect(await history()).toEqual(['starting operator:op_1', 'waiting_scan'])
    const after = await getLastSession(database.db, { robotId })
    expect(after).toMatchObject({ qrContent: 'https://l/2', stateChangedAt: before?.stateChangedAt })
  })

  it('shows a take-over as reconnecting, though the session itself stays online', async () => {
    const sessionId = await givenSession(database.db, { robotId, onlineAt: new Date() })
    await database.db.update(robots).set({ wechatUin: robotId }).where(eq(robots.id, robotId))
    await inTx((tx) => record.recordTakeover(tx, { sessionId, cause: 'worker_lost', at: new Date() }))
    const [stored] = await database.db.select().from(sessions).where(eq(sessions.id, sessionId))
    expect(stored?.state).toBe('online')
    const account = { uin: robotId, username: '@me', nickname: '小微' }
    await inTx((tx) => record.recordOnline(tx, { robotId, sessionId, account }))
    expect(await history()).toEqual(['reconnecting worker_lost', 'online'])
  })

  it('is listed newest first, page by page, each until the next began', async () => {
    const { sessionId } = await login('op_1')
    await inTx((tx) => record.recordCode(tx, { sessionId, content: 'https://l/1' }))
    await inTx((tx) => record.recordEnd(tx, { sessionId, reason: 'cancelled' }))
    const [ended, waiting] = await listChanges(database.db, { robotId, limit: 2 })
    expect(ended).toMatchObject({ state: 'ended', endedAt: null })
    expect(waiting).toMatchObject({ state: 'waiting_scan', endedAt: ended?.at })
    const older = await listChanges(database.db, { robotId, beforeId: waiting?.id, limit: 2 })
    expect(older).toMatchObject([{ state: 'starting', endedAt: waiting?.at }])
  })
})
