import { describe, expect, it } from 'vitest'
import { robotAccount, roomName, useSimulator } from '@/worker/wechat/testing/use-simulator'

const test = useSimulator()

describe('the session', () => {
  it.each([
    ['phone', 'logged_out_on_phone'],
    ['elsewhere', 'logged_in_elsewhere'],
  ] as const)('ends at once when it is ended: %s', async (how, reason) => {
    const { robot } = await test.online()
    const kickedAt = performance.now()
    await test.control(`/accounts/${robotAccount}/kick`, { how })
    expect(await robot.next('offline')).toEqual({ type: 'offline', reason })
    expect(performance.now() - kickedAt).toBeLessThan(1_500)
  })

  it('survives a detach: it resumes without a scan or a logout and receives missed messages', async () => {
    const { robot, room: before } = await test.online()
    await test.say('之前')
    await robot.next('message')
    await robot.connection.detach()
    await test.say('期间')
    const eventCount = robot.events.length
    const resumed = test.open({ saved: robot.position() })
    await resumed.next('online')
    expect((await resumed.next('message')).message).toMatchObject({
      text: '期间',
      room: { username: before.username, name: roomName },
    })
    const { rooms } = await resumed.next('rooms', ({ isComplete }) => isComplete)
    expect(rooms.find(({ name }) => name === roomName)).toEqual(before)
    expect(resumed.events.map(({ type }) => type)).not.toContain('qr_code')
    expect(await test.calls('webwxlogout')).toBe(0)
    expect(robot.events).toHaveLength(eventCount)
  })

  it('never passes an unstored message: the next process receives it', async () => {
    const { robot } = await test.online({
      beforeCommit: ([event]) => {
        if (event?.type === 'message' && event.message.text === '二') throw new Error('database away')
      },
    })
    for (const text of ['一', '二', '三']) await test.say(text)
    await robot.next('message')
    await robot.connection.detach()
    expect(robot.texts()).toEqual(['一'])
    const resumed = test.open({ saved: robot.position() })
    await resumed.next('message', ({ message }) => message.text === '三')
    expect(resumed.texts().slice(-2)).toEqual(['二', '三'])
  })

  it('waits for the end of an outage while online and resumes where it stopped', async () => {
    const { robot } = await test.online()
    const down = await test.fault({ path: 'synccheck', kind: 'reset', times: 0 })
    const down2 = await test.fault({ path: 'webwxsync', kind: 'status', status: 502, times: 0 })
    await robot.next('reconnecting')
    await test.say('断网期间')
    const from = robot.events.length
    for (const { id } of [down, down2]) await test.control(`/faults/${id}`, undefined, 'DELETE')
    await robot.next('online', undefined, from)
    expect((await robot.next('message', undefined, from)).message.text).toBe('断网期间')
  })

  it('waits for the end of an outage while resuming', async () => {
    const { robot } = await test.online()
    await robot.connection.detach()
    await test.fault({ path: 'webwxsync', kind: 'status', status: 502, times: 3 })
    const resumed = test.open({ saved: robot.position() })
    expect(await resumed.next('reconnecting')).toBeDefined()
    expect(await resumed.next('online')).toBeDefined()
  })

  it('restarts the stream if WeChat refuses the stored position but not the session', async () => {
    const { robot } = await test.online()
    await robot.connection.detach()
    await test.fault({ path: 'webwxsync', kind: 'ret', ret: 1 })
    const resumed = test.open({ saved: robot.position() })
    await resumed.next('online')
    await test.say('之后')
    expect((await resumed.next('message')).message.text).toBe('之后')
  })

  it('the session that ended in the meantime is offline when resumed, and so is one with an unreadable position', async () => {
    const { robot } = await test.online()
    await robot.connection.detach()
    await test.control(`/accounts/${robotAccount}/kick`, { how: 'phone' })
    expect(await test.open({ saved: robot.position() }).next('offline')).toMatchObject({
      reason: 'logged_out_on_phone',
    })
    expect(await test.open({ saved: '{}' }).next('offline')).toMatchObject({ reason: 'expired' })
  })

  it('G6: makes no call while the lease is not valid, polls and images included', async () => {
    let isValid = true
    const { robot, room } = await test.online({ isLeaseValid: () => isValid })
    isValid = false
    const before = (await test.control('/calls')).calls.length
    await test.say('没有人拿')
    await test.until(async () =>
      (await test.control('/calls?path=synccheck')).calls.every(({ endedAtMs }) => endedAtMs),
    )
    expect(await robot.connection.sendText(room.username, 'x')).toMatchObject({ outcome: 'unsent' })
    expect(await robot.connection.listRooms()).toMatchObject({ outcome: 'failed' })
    expect((await test.control('/calls')).calls).toHaveLength(before)
    isValid = true
    expect((await robot.next('message')).message.text).toBe('没有人拿')
    expect(robot.events.map(({ type }) => type)).not.toContain('reconnecting')
  })

  it('the session is logged out at WeChat by a logout only', async () => {
    const { robot } = await test.online()
    await robot.connection.logout()
    expect(await test.calls('webwxlogout')).toBe(1)
    const { accounts } = await test.control('/state')
    const account = accounts.find(({ wxid }) => wxid === robotAccount)
    expect(account?.online).toBe(false)
    expect(robot.events.map(({ type }) => type)).not.toContain('offline')
  })

  it('the session of one robot does not affect another robot', async () => {
    const { robot } = await test.online()
    const other = test.open()
    await test.logIn(other, 'wxid_yunkefu00002')
    await test.control(`/accounts/${robotAccount}/kick`, { how: 'phone' })
    await robot.next('offline')
    await test.say('还在吗')
    expect((await other.next('message')).message).toMatchObject({ text: '还在吗', senderName: '广州店 王芳' })
  })
})
