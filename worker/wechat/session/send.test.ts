import { describe, expect, it } from 'vitest'
import { useSimulator } from '@/worker/wechat/testing/use-simulator'

const test = useSimulator()

describe('sent messages', () => {
  it('sent messages are accepted with the id from WeChat', async () => {
    const { robot, room: to } = await test.online()
    const outcome = await robot.connection.sendText(to.username, '您好 <b>&amp;</b>\n第二行')
    const { messages } = await test.control(`/rooms/${test.roomId()}/messages`)
    const last = messages.at(-1)
    expect(last?.text).toBe('您好 <b>&amp;</b>\n第二行')
    expect(outcome).toEqual({ outcome: 'accepted', wechatId: last?.id })
  })

  it('sent messages can be images, also large and concurrent ones', async () => {
    const { robot, room: to } = await test.online()
    const png = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(1_300_000, 7)])
    const gif = Buffer.concat([Buffer.from('GIF89a'), Buffer.alloc(700_000, 9)])
    const outcomes = await Promise.all([
      robot.connection.sendImage(to.username, { bytes: png, contentType: 'image/png' }),
      robot.connection.sendImage(to.username, { bytes: gif, contentType: 'image/gif' }),
    ])
    expect(outcomes).toMatchObject([{ outcome: 'accepted' }, { outcome: 'accepted' }])
    const { messages } = await test.control(`/rooms/${test.roomId()}/messages`)
    const sent = messages.slice(-2)
    expect(sent.map(({ type }) => type)).toEqual(['image', 'emoticon'])
    const arrived = await Promise.all(
      sent.map(async ({ mediaUrl }) =>
        Buffer.from(await (await fetch(test.simulator.origin + mediaUrl)).arrayBuffer()),
      ),
    )
    expect(arrived.map((bytes, index) => bytes.equals([png, gif][index] ?? png))).toEqual([true, true])
  })

  it.each([
    [
      { kind: 'ret', ret: 1205 },
      { outcome: 'refused', code: 'WECHAT_TOO_OFTEN' },
    ],
    [
      { kind: 'ret', ret: 1 },
      { outcome: 'refused', code: 'WECHAT_REFUSED' },
    ],
    [{ kind: 'html' }, { outcome: 'refused', code: 'WECHAT_UNREADABLE' }],
    [
      { kind: 'status', status: 502 },
      { outcome: 'refused', code: 'WECHAT_UNREADABLE' },
    ],
    [{ kind: 'cut' }, { outcome: 'refused', code: 'WECHAT_UNREADABLE' }],
    [{ kind: 'no-base-response' }, { outcome: 'refused', code: 'WECHAT_NO_BASE_RESPONSE' }],
    [{ kind: 'reset' }, { outcome: 'unknown' }],
    [{ kind: 'reset', when: 'after' }, { outcome: 'unknown' }],
  ])('sent messages that fail with %j have the right outcome and are not resent', async (kind, expected) => {
    const { robot, room: to } = await test.online()
    await test.fault({ path: 'webwxsendmsg', ...kind })
    expect(await robot.connection.sendText(to.username, 'x')).toMatchObject(expected)
    expect(await test.calls('webwxsendmsg')).toBe(1)
    expect(await robot.connection.sendText(to.username, 'y')).toMatchObject({ outcome: 'accepted' })
  })

  it('sent messages that find a dead session are refused, and the robot is offline at once', async () => {
    const { robot, room: to } = await test.online()
    await test.fault({ path: 'webwxsendmsg', kind: 'ret', ret: 1101 })
    expect(await robot.connection.sendText(to.username, 'x')).toMatchObject({
      outcome: 'refused',
      code: 'SESSION_GONE',
    })
    expect(await robot.next('offline')).toMatchObject({ reason: 'logged_in_elsewhere' })
    expect(await robot.connection.sendText(to.username, 'y')).toMatchObject({ outcome: 'unsent', code: 'SESSION_GONE' })
  })
})

it('a send to an unreachable server has provably never left', async () => {
  const { robot, room: to } = await test.online()
  await test.simulator.stop()
  expect(await robot.connection.sendText(to.username, 'x')).toMatchObject({
    outcome: 'unsent',
    code: 'WECHAT_UNREACHABLE',
  })
})
