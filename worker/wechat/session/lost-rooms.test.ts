import { describe, expect, it } from 'vitest'
import { friend, robotAccount, useSimulator } from '@/worker/wechat/testing/use-simulator'

const test = useSimulator()
const owner = 'wxid_yunkefu00002'
type Robot = Awaited<ReturnType<typeof test.online>>['robot']

const systemLine = (Content: string) =>
  test.control(`/rooms/${test.roomId()}/messages`, { from: null, type: 'wire', wire: { MsgType: 10_000, Content } })
const hideMembers = () => test.fault({ path: 'webwxbatchgetcontact', kind: 'no-members', times: 0 })
const lefts = (robot: Robot) => robot.events.filter((event) => event.type === 'room_left')
const shown = async (robot: Robot) => {
  const outcome = await robot.connection.listRooms()
  return outcome.outcome === 'listed' ? outcome.rooms.map(({ username }) => username) : []
}
/** Waits until all earlier messages are processed. */
async function settle(robot: Robot): Promise<void> {
  await test.say('到此为止')
  await robot.next('message', ({ message }) => message.text === '到此为止')
}

describe('a room stays', () => {
  it('a room without members in repeated lookups stays and accepts sends', async () => {
    const { robot, room } = await test.online()
    await hideMembers()
    for (let line = 0; line < 2; line++) await systemLine(`"小林"邀请"小周${line}"加入了群聊`)
    await test.until(async () => (await test.calls('webwxbatchgetcontact')) > 2)
    expect(await robot.connection.sendText(room.username, '还在')).toMatchObject({ outcome: 'accepted' })
    expect(await shown(robot)).toContain(room.username)
    await settle(robot)
    expect(lefts(robot)).toEqual([])
    expect(robot.events.filter((event) => event.type === 'message').at(-1)?.message.room).toMatchObject({
      name: room.name,
    })
    expect(await robot.connection.listMembers(room.username)).toMatchObject({ outcome: 'failed' })
  })

  it('a room without members in lookups stays after a restart', async () => {
    const { robot, room } = await test.online()
    await settle(robot)
    const saved = robot.position()
    await robot.connection.detach()
    await hideMembers()
    const again = test.open({ saved })
    const { rooms } = await again.next('rooms', ({ isComplete }) => isComplete)
    expect(rooms.find(({ username }) => username === room.username)).toMatchObject({
      name: room.name,
      isShownEmpty: true,
    })
  })

  it.each(['你被踢移出 invited 小林 to the group chat', 'You were removed from the group chat by nobody we know'])(
    'a room stays when a system message only resembles a removal: %s',
    async (line) => {
      const { robot, room } = await test.online()
      await systemLine(line)
      await settle(robot)
      expect(lefts(robot)).toEqual([])
      expect(await shown(robot)).toContain(room.username)
    },
  )

  it('a room stays when a send is refused and WeChat still shows its members', async () => {
    const { robot, room } = await test.online()
    await test.fault({ path: 'webwxsendmsg', kind: 'ret', ret: 7 })
    const before = await test.calls('webwxbatchgetcontact')
    expect(await robot.connection.sendText(room.username, '一')).toMatchObject({ outcome: 'refused' })
    await test.until(async () => (await test.calls('webwxbatchgetcontact')) > before)
    await settle(robot)
    expect(lefts(robot)).toEqual([])
  })
})

describe('a room is gone', () => {
  const gone = (username: string) => ({ type: 'room_left', username })

  it.each([
    '你被"云客服"移出群聊',
    'You were removed from the group chat by "Wang"',
    'You were removed from the group chat by 广州店 王芳',
  ])('a room is gone after the system message of a removal: %s', async (line) => {
    const { robot, room } = await test.online()
    await systemLine(line)
    expect(await robot.next('room_left')).toEqual(gone(room.username))
  })

  it('a room is gone after the account leaves it on the phone', async () => {
    const { robot, room } = await test.online()
    await test.control(`/rooms/${test.roomId()}/leave`, { wxid: robotAccount })
    expect(await robot.next('room_left')).toEqual(gone(room.username))
    expect(await shown(robot)).not.toContain(room.username)
  })

  it('a room is gone after the owner removes the account, reported once', async () => {
    const { robot, room } = await test.online()
    await test.control(`/rooms/${test.roomId()}/leave`, { wxid: robotAccount, by: owner })
    expect(await robot.next('room_left')).toEqual(gone(room.username))
    await shown(robot)
    expect(lefts(robot)).toHaveLength(1)
  })

  it('a room is gone after a send to it is refused and WeChat shows no members', async () => {
    const { robot, room } = await test.online()
    await hideMembers()
    await test.fault({ path: 'webwxsendmsg', kind: 'ret', ret: 1 })
    await robot.connection.sendText(room.username, '一')
    expect(await robot.next('room_left')).toEqual(gone(room.username))
  })

  it('a room is gone until a person writes in it again', async () => {
    const { robot, room } = await test.online()
    await systemLine('你被"云客服"移出群聊')
    await robot.next('room_left')
    await test.say('还在吗', friend)
    expect((await robot.next('message')).message.room).toMatchObject({ username: room.username, name: room.name })
    expect(await shown(robot)).toContain(room.username)
  })
})
