import { describe, expect, it } from 'vitest'
import { releaseRobot } from '@/lib/actions/release-robot'
import { resolveAmbiguity } from '@/lib/room/resolve-ambiguity'
import { findTarget } from '@/lib/room/find-target'
import { listAmbiguities } from '@/lib/room/list-ambiguities'
import { listRooms } from '@/lib/room/list-rooms'
import { useRobots } from '@/worker/testing/use-robots'

const test = useRobots()
const account = 'wxid_weimi000001'
const otherAccount = 'wxid_yunkefu00002'
const roomName = '云商城售后群 100086'
type Worker = ReturnType<typeof test.startWorker>

/** Returns the rooms that are not gone, once the list of this login is complete. */
async function shownRooms(robotId: string) {
  const list = () => listRooms(test.db, { robotId })
  await test.until(async () => {
    const rooms = await list()
    return rooms.length > 0 && rooms.every((room) => room.username !== null)
  })
  return list()
}

async function logInAgain(worker: Worker, robotId: string, whileOffline: () => Promise<unknown>, wxid = account) {
  await test.command(worker, robotId, 'logout')
  await whileOffline()
  const { sessionId } = await test.scan(worker, robotId, wxid)
  await test.until(async () => (await test.session(sessionId))?.state === 'online')
  return shownRooms(robotId)
}

/** Makes WeChat not list the chats with their raw ids, as can happen. */
const withoutRawIds = () => test.control('/faults', { path: 'webwxstatusnotify', kind: 'ret', ret: 1, times: 0 })
const rename = async (from: string, to: string) =>
  test.control(`/rooms/${(await test.simulatedRoom(from)).id}/rename`, { name: to, by: account })
const target = async (robotId: string, toUser: string) =>
  (await findTarget(test.db, { robotId, toUser, connection: 'web' })).roomId
const idsByName = (rooms: { id: string; name: string }[]) => rooms.map(({ id, name }) => `${name} ${id}`).toSorted()

describe('A9: rooms after a new login', () => {
  it.each([
    ['by their raw ids', true],
    ['without raw ids, by their pictures', false],
  ])('keep their ids although each @@… changes, also when renamed or of equal name: %s', async (_how, hasRawIds) => {
    if (!hasRawIds) await withoutRawIds()
    const worker = test.startWorker()
    const robotId = await test.givenRobot()
    await test.logIn(worker, robotId, account)
    const before = await shownRooms(robotId)
    expect(before.filter((room) => room.name === '老同学')).toHaveLength(2)
    expect((await test.rooms(robotId)).every((room) => room.wechatId !== null)).toBe(hasRawIds)
    const after = await logInAgain(worker, robotId, () => rename(roomName, '新售后群'))
    expect(idsByName(after)).toEqual(
      idsByName(before.map((room) => (room.name === roomName ? { ...room, name: '新售后群' } : room))),
    )
    const usernames = new Set(before.map((room) => room.username))
    expect(after.some((room) => usernames.has(room.username))).toBe(false)
    expect(await listAmbiguities(test.db, { robotId })).toEqual([])
    for (const room of before) expect(await target(robotId, room.username ?? '')).toBe(room.id)
  })

  it('a message to an @@… of an earlier login reaches the same room', async () => {
    const worker = test.startWorker()
    const robotId = await test.givenRobot()
    await test.logIn(worker, robotId, account)
    const { username } = await test.room(robotId, roomName)
    await logInAgain(worker, robotId, async () => undefined)
    const messageId = await test.accept({ robotId, toUser: username ?? '', content: '还是这个群' })
    await worker.wake(robotId)
    expect(await test.reply(messageId)).toMatchObject({ state: 'sent' })
    expect(await (await test.simulatedRoom(roomName)).texts()).toContain('还是这个群')
  })

  it('another room of the same name is ambiguous until an operator marks it as new', async () => {
    await withoutRawIds()
    const worker = test.startWorker()
    const robotId = await test.givenRobot()
    await test.logIn(worker, robotId, account)
    const known = await test.room(robotId, roomName)
    const simulated = await test.simulatedRoom(roomName)
    const members = ['wxid_zhouqiang109', 'wxid_wuxiuying110', 'wxid_xupeng000111']
    const after = await logInAgain(worker, robotId, async () => {
      await test.control(`/rooms/${simulated.id}/leave`, { wxid: account })
      await test.control('/rooms', { name: roomName, owner: account, members, saved: true })
    })
    const held = after.find((room) => room.name === roomName)
    expect(held).toMatchObject({ isAmbiguous: true })
    expect(held?.id).not.toBe(known.id)
    expect(await listAmbiguities(test.db, { robotId })).toMatchObject([
      { room: { id: held?.id }, candidates: [{ id: known.id }] },
    ])
    await test.db.transaction((tx) => resolveAmbiguity(tx, { robotId, roomId: held?.id ?? '', knownRoomId: null }))
    await test.command(worker, robotId, 'sync_rooms')
    expect(await listAmbiguities(test.db, { robotId })).toEqual([])
    expect((await test.room(robotId, roomName)).isAmbiguous).toBe(false)
  })
})

describe('A7: a robot released for another account', () => {
  it('accepts the next account; rooms of the previous account are gone and return with it', async () => {
    const worker = test.startWorker()
    const robotId = await test.givenRobot()
    await test.logIn(worker, robotId, account)
    const first = await shownRooms(robotId)
    const release = () => test.db.transaction((tx) => releaseRobot(tx, { robotId }))
    await expect(release()).rejects.toMatchObject({ code: 'ILLEGAL_ACTION' })

    const second = await logInAgain(worker, robotId, release, otherAccount)
    expect(second.map((room) => room.name)).toContain(roomName)
    expect(second.map((room) => room.id).filter((id) => first.some((room) => room.id === id))).toEqual([])
    for (const toUser of first.flatMap((room) => [room.id, room.username ?? '']))
      await expect(target(robotId, toUser)).rejects.toMatchObject({ code: 'TARGET_NOT_FOUND' })

    const third = await logInAgain(worker, robotId, release, account)
    expect(idsByName(third)).toEqual(idsByName(first))
  })
})

describe('A10: a sync', () => {
  it('stores the rooms that WeChat lists; a room that was left is gone', async () => {
    const worker = test.startWorker()
    const robotId = await test.givenRobot()
    await test.logIn(worker, robotId, account)
    const before = await shownRooms(robotId)
    const { id } = await test.simulatedRoom(roomName)
    await test.control(`/rooms/${id}/leave`, { wxid: account })
    expect(await test.command(worker, robotId, 'sync_rooms')).toMatchObject({ state: 'done' })
    const after = await listRooms(test.db, { robotId })
    expect(after.map((room) => room.name)).toEqual(before.map((room) => room.name).filter((name) => name !== roomName))
    expect(await test.room(robotId, roomName)).toMatchObject({ goneAt: expect.any(Date) })
  })

  it('A10: a sync that WeChat refuses leaves the rooms unchanged', async () => {
    const worker = test.startWorker()
    const robotId = await test.givenRobot()
    await test.logIn(worker, robotId, account)
    const before = await shownRooms(robotId)
    await test.control('/faults', { path: 'webwxgetcontact', kind: 'ret', ret: 7, times: 1 })
    expect(await test.command(worker, robotId, 'sync_rooms')).toMatchObject({ errorCode: 'WECHAT_UNREADABLE' })
    expect(await listRooms(test.db, { robotId })).toEqual(before)
  })
})
