import { describe, expect, it } from 'vitest'
import { useCli } from '@/cli/testing/use-cli'
import { messages } from '@/lib/db/schema/message'
import { newId } from '@/lib/id'
import { givenRobot, givenRoom } from '@/lib/testing/factories'

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
