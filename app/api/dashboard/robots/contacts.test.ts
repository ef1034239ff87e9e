import { expect, it } from 'vitest'
import { givenRobot } from '@/lib/testing/factories'
import { receiveMessage } from '@/lib/testing/receive-message'
import { useDashboard } from '@/lib/testing/use-dashboard'
import * as contacts from '@/app/api/dashboard/robots/[robotId]/contacts/route'

const test = useDashboard()

it('the customers of a robot come in pages and by search, each with the reply window', async () => {
  const robotId = await givenRobot(test.db, { connection: 'wecom_kf' })
  const people = Array.from({ length: 101 }, (_, index) => ({ id: `wm${index}`, name: `顾客 ${index}` }))
  const text = { roomId: null, type: 'text', text: '在吗', media: null } as const
  for (const { id, name } of people)
    await test.db.transaction((tx) => {
      const message = { ...text, robotId, wechatId: id, senderUsername: id, senderName: name }
      return receiveMessage(tx, message, { mediaUrl: (mediaId) => mediaId })
    })
  const read = async (query: string) => (await test.asAdmin(contacts.GET, 'GET', { ids: { robotId }, query })).body
  const first = await read('')
  expect(first.rows).toHaveLength(100)
  const replyWindow = { hours: 48, count: 5, leftCount: 5, closesAt: expect.any(String), isOver: false }
  expect(first.rows[0]).toEqual({ id: 'wm100', nickname: '顾客 100', isOwner: false, replyWindow })
  const second = await read(`?cursor=${first.nextCursor}`)
  expect(second).toMatchObject({ rows: [{ id: 'wm0' }], nextCursor: null })
  expect(await read(`?q=${encodeURIComponent('客 42')}`)).toMatchObject({ rows: [{ id: 'wm42' }], nextCursor: null })
})
