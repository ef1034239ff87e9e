import { expect, it } from 'vitest'
import { quickReplies } from '@/lib/db/schema/reply'
import { newId } from '@/lib/id'
import { callRoute, type ParsedResponse } from '@/lib/testing/call-route'
import { maxQuickReplies } from '@/lib/quick-reply/quick-reply-fields'
import { useTenant } from '@/lib/testing/use-tenant'
import * as one from '@/app/(api)/v1/quick-replies/[quickReplyId]/route'
import * as all from '@/app/(api)/v1/quick-replies/route'

const tenant = useTenant()

const bearer = () => ({ headers: { authorization: `Bearer ${tenant.token}` } })
const list = async () =>
  (await callRoute(all, 'GET', bearer())).data?.['quick_replies'] as { id: string; shortcut: string; text: string }[]
const idOf = ({ data }: ParsedResponse) => (data?.['quick_reply'] as { id: string } | undefined)?.id ?? ''
const create = (shortcut: string, text = '七天') =>
  callRoute(all, 'POST', { body: { token: tenant.token, shortcut, text } })

it('F5: quick replies are created, changed, listed by shortcut and removed', async () => {
  const created = await create(' 退货 ', '{name}，七天内可以退货。')
  expect(created.data).toMatchObject({ quick_reply: { shortcut: '退货', text: '{name}，七天内可以退货。' } })
  await create('地址')
  const params = { quickReplyId: idOf(created) }
  const changed = await callRoute(one, 'POST', { params, body: { token: tenant.token, shortcut: '退', text: '三天' } })
  expect(changed.data).toMatchObject({ quick_reply: { id: params.quickReplyId, shortcut: '退', text: '三天' } })
  expect((await list()).map(({ shortcut }) => shortcut).toSorted()).toEqual(['地址', '退'])
  await callRoute(one, 'DELETE', { params, ...bearer() })
  expect((await list()).map(({ shortcut }) => shortcut)).toEqual(['地址'])
  expect(await callRoute(one, 'DELETE', { params, ...bearer() })).toMatchObject({ retCode: -1005 })
})

it('one of two concurrent quick replies with one shortcut is refused', async () => {
  const both = await Promise.all([create('发票'), create('发票')])
  expect(both.map(({ retCode }) => retCode).toSorted((a, b) => a - b)).toEqual([-1006, 0])
  expect(both.find(({ retCode }) => retCode !== 0)?.errorMsg).toContain('发票')
  const other = await create('税号')
  const params = { quickReplyId: idOf(other) }
  const renamed = await callRoute(one, 'POST', { params, body: { token: tenant.token, shortcut: '发票', text: '好' } })
  expect(renamed).toMatchObject({ retCode: -1006 })
})

it('an application has a maximum number of quick replies', async () => {
  const left = maxQuickReplies - 1 - (await list()).length
  const rows = Array.from({ length: left }, (_, number) => ({
    id: newId('quickReply'),
    applicationId: tenant.applicationId,
    shortcut: `第${number}条`,
    text: '七天',
  }))
  await tenant.db.insert(quickReplies).values(rows)
  expect(await create('最后')).toMatchObject({ retCode: 0 })
  expect(await create('多余')).toMatchObject({ retCode: -1006 })
  expect(await list()).toHaveLength(maxQuickReplies)
})
