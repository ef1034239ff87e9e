import { describe, expect, it } from 'vitest'
import { useCli } from '@/cli/testing/use-cli'
import { messages } from '@/lib/db/schema/message'
import { newId } from '@/lib/id'
import { givenRobot, givenRoom } from '@/lib/testing/factories'
import { receiveMessage } from '@/lib/testing/receive-message'

const cli = useCli()

describe('robot messages and members', () => {
  it('D4: list the messages of a room page by page, and the members of a room', async () => {
    const robotId = await givenRobot(cli.db)
    const roomId = await givenRoom(cli.db, { robotId, name: '客户群', username: '@@1' })
    const common = { robotId, direction: 'in', type: 'text', state: 'received' } as const
    for (const content of ['一', '二'])
      await cli.db.insert(messages).values({ ...common, id: newId('message'), roomId, content })
    await cli.db.insert(messages).values({ ...common, id: newId('message'), peerUsername: '@a', content: '私聊' })
    const list = async (...more: string[]) =>
      (await cli.run(['robot', 'messages', '--robot', robotId, '--json', ...more])).json()
    const first = await list('--with', roomId, '--limit', '1')
    expect(first).toMatchObject({ messages: [{ content: '二' }], nextCursor: expect.any(Number) })
    const second = await list('--with', roomId, '--limit', '1', '--cursor', String(first['nextCursor']))
    expect(second).toMatchObject({ messages: [{ content: '一' }], nextCursor: null })
    const members = await cli.run(['robot', 'members', '--robot', robotId, '--room', roomId, '--json'])
    expect(members.json()).toEqual({ memberCount: 0, readAt: null, members: [], nextCursor: null })
    const unknown = await cli.run(['robot', 'members', '--robot', robotId, '--room', 'room_none'])
    expect(unknown).toMatchObject({ code: 1, stderr: expect.stringContaining('room_none') })
  })
})

it('D4: robot contacts lists the customers of a robot page by page, and those with a nickname', async () => {
  const robotId = await givenRobot(cli.db, { connection: 'wecom_kf' })
  const text = { roomId: null, type: 'text', text: '在吗', media: null } as const
  for (const [person, senderName] of [
    ['wm1', '王芳'],
    ['wm2', '李伟'],
  ] as const)
    await cli.db.transaction((tx) => {
      const message = { ...text, robotId, wechatId: person, senderUsername: person, senderName }
      return receiveMessage(tx, message, { mediaUrl: (id) => id })
    })
  const list = async (...more: string[]) =>
    (await cli.run(['robot', 'contacts', '--robot', robotId, '--json', ...more])).json()
  const first = await list('--limit', '1')
  expect(first).toEqual({ contacts: [contactOf('wm2', '李伟')], nextCursor: expect.any(String) })
  const second = await list('--limit', '1', '--cursor', String(first['nextCursor']))
  expect(second).toEqual({ contacts: [contactOf('wm1', '王芳')], nextCursor: null })
  expect(await list('--search', '李')).toMatchObject({ contacts: [contactOf('wm2', '李伟')] })
})

const contactOf = (username: string, nickname: string) => ({ username, nickname, remark: '', isOwner: false })
