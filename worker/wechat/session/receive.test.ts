import { describe, expect, it } from 'vitest'
import { robotAccount, friend, useSimulator } from '@/worker/wechat/testing/use-simulator'
import { tinyPng } from '@/lib/testing/tiny-png'

const test = useSimulator()

describe('received messages', () => {
  it('arrive complete, with sender and room', async () => {
    const { robot, room: snapshot } = await test.online()
    const text = '价格:\n1 < 2 && 3 > 2 &amp; <br/>\n😄'
    await test.say(text)
    expect((await robot.next('message')).message).toMatchObject({
      room: snapshot,
      senderName: '广州店 王芳',
      senderUsername: expect.stringMatching(/^@/),
      type: 'text',
      text,
      media: null,
    })
  })

  it('received messages that would make the vendor library log out are ordinary messages', async () => {
    const { robot } = await test.online()
    const texts = ['🌚 🌚🌚 🌚🌚 🌚', '退出wechat4u', '<msg><unclosed', '__proto__', 'x'.repeat(20_000), 'a\0b']
    for (const text of texts) await test.say(text)
    await robot.next('message', ({ message }) => message.text === 'ab')
    const received = robot.texts()
    expect(received).toEqual([...texts.slice(0, -1), 'ab'])
    expect(await test.calls('webwxlogout')).toBe(0)
  })

  it('include their image, or arrive without it if it cannot be fetched', async () => {
    const { robot } = await test.online()
    const imageBase64 = tinyPng.toString('base64')
    const send = () => test.control(`/rooms/${test.roomId()}/messages`, { from: friend, type: 'image', imageBase64 })
    await send()
    const { message } = await robot.next('message')
    expect(message).toMatchObject({ type: 'image', text: '[图片]', media: { contentType: 'image/png' } })
    expect(message.media?.bytes.toString('base64')).toBe(imageBase64)
    await test.fault({ path: 'webwxgetmsgimg', kind: 'html' })
    const from = robot.events.length
    await send()
    expect((await robot.next('message', undefined, from)).message).toMatchObject({ type: 'image', media: null })
  })

  it('A12: include their file', async () => {
    const { robot } = await test.online()
    const fileBase64 = Buffer.from('%PDF-1.4 报价').toString('base64')
    const file = { from: friend, type: 'file', fileBase64, fileName: '报价 1.pdf' }
    await test.control(`/rooms/${test.roomId()}/messages`, file)
    const { message } = await robot.next('message')
    expect(message).toMatchObject({
      type: 'other',
      text: '[文件] 报价 1.pdf',
      media: { contentType: 'application/pdf', fileName: '报价 1.pdf' },
    })
    expect(message.media?.bytes.toString('base64')).toBe(fileBase64)
  })

  it('received messages are committed in order, and retried until they are stored', async () => {
    let refusals = 3
    const { robot } = await test.online({
      beforeCommit: ([event]) => {
        if (event?.type === 'message' && event.message.text === '一' && refusals-- > 0) throw new Error('database away')
      },
    })
    await test.say('一')
    await test.say('二')
    await robot.next('message', ({ message }) => message.text === '二')
    const received = robot.texts()
    expect(received).toEqual(['一', '二'])
  })

  it('do not include those that the account itself sent', async () => {
    const { robot } = await test.online()
    await test.say('我自己说的', robotAccount)
    await test.say('别人说的')
    expect((await robot.next('message')).message.text).toBe('别人说的')
  })
})

describe('rooms', () => {
  it('rooms that are renamed or left are reported at once', async () => {
    const { robot } = await test.online()
    await test.control(`/rooms/${test.roomId()}/rename`, { name: '改名群 100086', by: friend })
    const renamed = await robot.next(
      'rooms',
      ({ rooms, isComplete }) => !isComplete && rooms[0]?.name === '改名群 100086',
    )
    expect(renamed.rooms).toHaveLength(1)
    const id = Object.values(test.simulator.world.data.rooms).find(({ name }) => name === '改名群 100086')?.id ?? ''
    await test.control(`/rooms/${id}/leave`, { wxid: robotAccount, by: 'wxid_yunkefu00002' })
    expect(await robot.next('room_left')).toEqual({ type: 'room_left', username: renamed.rooms[0]?.username })
  })

  it('rooms are fetched again for each list request', async () => {
    const { robot } = await test.online()
    await test.control('/rooms', {
      name: '新群 668899',
      owner: friend,
      members: [robotAccount, 'wxid_liwei0000102'],
      saved: true,
    })
    const outcome = await robot.connection.listRooms()
    expect(outcome.outcome === 'listed' && outcome.rooms.map(({ name }) => name)).toContain('新群 668899')
  })

  it.each([
    [{ kind: 'ret', ret: 1205 }, 'WECHAT_TOO_OFTEN'],
    [{ kind: 'html' }, 'WECHAT_UNREADABLE'],
    [{ kind: 'no-base-response' }, 'WECHAT_NO_BASE_RESPONSE'],
    [{ kind: 'ret', ret: -1 }, 'WECHAT_UNREADABLE'],
  ])('return an error code if they cannot be listed: %j', async (kind, code) => {
    const { robot } = await test.online()
    await test.fault({ path: 'webwxgetcontact', ...kind })
    expect(await robot.connection.listRooms()).toMatchObject({ outcome: 'failed', code })
  })
})
