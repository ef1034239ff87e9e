import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { recordMessageReceived } from '@/lib/testing/receive-message'
import { applications } from '@/lib/db/schema/application'
import { callbackEvents } from '@/lib/db/schema/callback'
import { messages } from '@/lib/db/schema/message'
import { newId } from '@/lib/id'
import { givenApplication, givenRobot, givenRoom } from '@/lib/testing/factories'
import { useDashboard } from '@/lib/testing/use-dashboard'
import * as robotRoutes from '@/app/api/dashboard/robots/[robotId]/route'
import * as bindingRoutes from '@/app/api/dashboard/robots/[robotId]/rooms/bindings/route'
import * as roomRoutes from '@/app/api/dashboard/robots/[robotId]/rooms/route'

const test = useDashboard()

async function givenRooms() {
  const applicationId = await givenApplication(test.db, { callbackUrl: 'https://shop.example/cb' })
  const robotId = await givenRobot(test.db, { applicationId })
  const roomIds = await Promise.all(
    ['一店', '二店', '三店 000123'].map((name) => givenRoom(test.db, { robotId, name, username: `@@${name}` })),
  )
  const put = (body: object) => test.asAdmin(bindingRoutes.PUT, 'PUT', { ids: { robotId }, body })
  const patch = (body: object) => test.asAdmin(robotRoutes.PATCH, 'PATCH', { ids: { robotId }, body })
  const shown = async () => (await test.asAdmin(roomRoutes.GET, 'GET', { ids: { robotId } })).body.notified
  /** Counts the rooms whose messages really cause a callback. */
  async function countTold(): Promise<number> {
    let count = 0
    for (const roomId of roomIds) {
      const messageId = newId('message')
      const row = { direction: 'in', type: 'text', state: 'received', content: '在吗', wechatId: messageId } as const
      await test.db.insert(messages).values({ id: messageId, robotId, roomId, ...row })
      const message = { robotId, roomId, messageId, content: '在吗', nickname: '王芳' }
      const before = await test.db.$count(callbackEvents)
      await test.db.transaction((tx) => recordMessageReceived(tx, message))
      count += (await test.db.$count(callbackEvents)) - before
    }
    return count
  }
  return { applicationId, robotId, roomIds, put, patch, shown, countTold }
}

const refusal = (reason: string, params: object) => ({
  status: 409,
  body: { error: { code: 'ILLEGAL_ACTION', reason, params } },
})

describe('the rooms whose messages are sent to the callback URL', () => {
  it('the rooms whose messages are sent to the callback URL are counted as for a message: all, all except unbound ones, or bound ones', async () => {
    const { applicationId, roomIds, put, shown, countTold } = await givenRooms()
    expect(await shown()).toEqual({ rule: 'unless_unbound', silent: null, count: 3, total: 3 })
    expect(await countTold()).toBe(3)
    await put({ roomIds: [roomIds[0]], isBound: false })
    expect(await shown()).toMatchObject({ rule: 'unless_unbound', count: 2 })
    expect(await countTold()).toBe(2)
    await put({ roomIds: [roomIds[1]], isBound: true, isConfirmed: true })
    expect(await shown()).toMatchObject({ rule: 'bound', count: 1 })
    expect(await countTold()).toBe(1)
    const scope = (change: object) => test.db.update(applications).set(change).where(eq(applications.id, applicationId))
    await scope({ roomScope: 'all' })
    expect(await shown()).toMatchObject({ rule: 'all', count: 3 })
    expect(await countTold()).toBe(3)
    await scope({ eventTypes: ['robot_status'] })
    expect(await shown()).toMatchObject({ silent: 'not_subscribed' })
    expect(await countTold()).toBe(0)
    await scope({ callbackUrl: null })
    expect(await shown()).toMatchObject({ silent: 'no_url' })
    await scope({ disabledAt: new Date() })
    expect(await shown()).toMatchObject({ silent: 'disabled' })
  })

  it('shrink to the bound ones only after a confirmation with the number of rooms that lose callbacks', async () => {
    const { roomIds, put, shown, countTold } = await givenRooms()
    const first = { roomIds: [roomIds[0]], isBound: true }
    expect(await put(first)).toMatchObject(refusal('only_bound_rooms', { before: 3, after: 1, total: 3 }))
    expect(await shown()).toMatchObject({ rule: 'unless_unbound', count: 3 })
    expect(await countTold()).toBe(3)
    expect(await put({ ...first, isConfirmed: true })).toMatchObject({ status: 200 })
    // The second one does not affect other rooms.
    expect(await put({ roomIds: [roomIds[1]], isBound: true })).toMatchObject({ status: 200 })
    expect(await shown()).toMatchObject({ rule: 'bound', count: 2 })
  })

  it('grow to all again only after a confirmation, when the last manual binding is removed', async () => {
    const { roomIds, put, shown } = await givenRooms()
    await put({ roomIds: [roomIds[0]], isBound: true, isConfirmed: true })
    const back = { roomIds: [roomIds[0]], isBound: null }
    expect(await put(back)).toMatchObject(refusal('all_rooms_again', { before: 1, after: 3 }))
    expect(await put({ ...back, isConfirmed: true })).toMatchObject({ status: 200 })
    expect(await shown()).toMatchObject({ rule: 'unless_unbound', count: 3 })
  })

  it('change with the agent ID only after a confirmation', async () => {
    const { patch, shown } = await givenRooms()
    expect(await patch({ agentId: '000123' })).toMatchObject(refusal('only_bound_rooms', { before: 3, after: 1 }))
    expect(await shown()).toMatchObject({ rule: 'unless_unbound' })
    expect(await patch({ agentId: '000123', isConfirmed: true })).toMatchObject({ status: 200 })
    expect(await shown()).toMatchObject({ rule: 'bound', count: 1 })
  })

  it('change without a confirmation if the application has no callback URL', async () => {
    const { applicationId, roomIds, put } = await givenRooms()
    await test.db.update(applications).set({ callbackUrl: null }).where(eq(applications.id, applicationId))
    expect(await put({ roomIds: [roomIds[0]], isBound: true })).toMatchObject({ status: 200 })
  })
})
