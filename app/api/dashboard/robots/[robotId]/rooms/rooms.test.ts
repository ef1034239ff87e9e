import { and, eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { auditEntries } from '@/lib/db/schema/operator'
import { storeRooms } from '@/lib/room/store-rooms'
import { givenRobot, givenRoom, givenSession } from '@/lib/testing/factories'
import { useDashboard } from '@/lib/testing/use-dashboard'
import * as robot from '@/app/api/dashboard/robots/[robotId]/route'
import * as bindings from '@/app/api/dashboard/robots/[robotId]/rooms/bindings/route'
import * as rooms from '@/app/api/dashboard/robots/[robotId]/rooms/route'
import * as sync from '@/app/api/dashboard/robots/[robotId]/rooms/sync/route'

const test = useDashboard()
let ids: { robotId: string }
beforeEach(async () => {
  ids = { robotId: await givenRobot(test.db) }
})
const given = (name: string, username: string) => givenRoom(test.db, { ...ids, name, username })
const list = async (query = '') => (await test.asAdmin(rooms.GET, 'GET', { ids, query })).body
const bind = (body: object) => test.asAdmin(bindings.PUT, 'PUT', { ids, body })

describe('the rooms of a robot', () => {
  it('the rooms of a robot are paged with counts of all rooms; an invalid parameter is named', async () => {
    await given('甲', '@@1')
    await given('乙', '@@2')
    expect(await list('?q=甲')).toMatchObject({
      rows: [{ name: '甲', lastMessage: null }],
      total: 1,
      counts: { all: 2 },
    })
    for (const query of ['?kind=none', '?sort=id', '?page=0'])
      expect(await test.asAdmin(rooms.GET, 'GET', { ids, query })).toMatchObject({
        status: 400,
        body: { error: { parameter: query.slice(1).split('=')[0] } },
      })
  })

  it('the rooms of a robot are bound manually in bulk with one audit entry each, and returned to the rule', async () => {
    const roomIds = [await given('售后群 100086', '@@1'), await given('闲聊', '@@2')]
    await test.asAdmin(robot.PATCH, 'PATCH', { ids, body: { agentId: 'agent-100086' } })
    expect((await list()).counts).toEqual({ all: 2, bound: 1, unreviewed: 0 })
    expect((await bind({ roomIds, isBound: true })).status).toBe(200)
    expect((await list('?kind=by_hand')).rows).toMatchObject([{ isBound: true }, { isBound: true }])
    await bind({ roomIds, isBound: null })
    expect((await list('?kind=by_rule')).rows).toMatchObject([{ id: roomIds[0], bindingSource: 'rule' }])
    for (const roomId of roomIds) {
      const ofRoom = and(eq(auditEntries.targetId, roomId), eq(auditEntries.actor, `operator:${test.adminId}`))
      const entries = await test.db.select().from(auditEntries).where(ofRoom)
      expect(entries.map(({ action, detail }) => [action, detail])).toEqual([
        ['room.bind', { isBound: { from: null, to: true } }],
        ['room.bind', { isBound: { from: true, to: null } }],
      ])
    }
  })

  it('the rooms of a robot are bound all or none: a room of another robot changes nothing', async () => {
    const roomId = await given('甲', '@@1')
    const foreign = await givenRoom(test.db, { robotId: await givenRobot(test.db), name: '别家', username: '@@2' })
    expect(await bind({ roomIds: [roomId, foreign], isBound: true })).toMatchObject({ status: 404 })
    expect((await list('?kind=bound')).total).toBe(0)
    for (const body of [{ roomIds: [], isBound: true }, { roomIds: [roomId] }, { isBound: true }])
      expect((await bind(body)).status).toBe(400)
  })

  it('the rooms of a robot are counted as new, renamed and gone after a sync', async () => {
    await givenSession(test.db, ids)
    const evidence = { memberCount: 3, wechatId: null, headSeq: null, members: [['a'], ['b']] }
    const seen = (username: string, name: string) => ({ username, name, ...evidence })
    const store = (...all: ReturnType<typeof seen>[]) =>
      test.db.transaction((tx) => storeRooms(tx, { ...ids, seen: all, isComplete: true }))
    await store(seen('@@1', '甲'), seen('@@2', '乙'), seen('@@3', '丙'))
    const worker = test.startFakeWorker({
      async command() {
        await store(seen('@@1', '甲'), seen('@@2', '新乙'), seen('@@4', '丁'))
        return { result: {} }
      },
    })
    const { body } = await test.asAdmin(sync.POST, 'POST', { ids })
    await worker.close()
    expect(body).toEqual({ roomCount: 3, newCount: 1, goneCount: 1, renamedCount: 1 })
  })
})
