import { expect, it } from 'vitest'
import { findSlashQuery, insertQuickReply, matchQuickReplies } from '@/components/inbox/quick-reply-text'

it.each([
  ['/', 1, { start: 0, search: '' }],
  ['您好 /退', 5, { start: 3, search: '退' }],
  ['您好\n/退货 谢谢', 6, { start: 3, search: '退货' }],
  ['https://shop', 12, null],
  ['1/2', 3, null],
  ['//', 2, null],
  ['/退 ', 3, null],
  ['', 0, null],
] as const)('in %j at %d the slash query is %j', (text, caret, query) => {
  expect(findSlashQuery(text, caret)).toEqual(query)
})

it('quick replies are found by the beginning of the shortcut, then by shortcut, then by text', () => {
  const reply = (shortcut: string, text: string) => ({ id: shortcut, shortcut, text })
  const all = [reply('售后退货', '地址'), reply('物流', '退货地址'), reply('退货', '七天'), reply('ABC', '其他')]
  const find = (search: string) => matchQuickReplies(all, search).map(({ shortcut }) => shortcut)
  expect(find('退货')).toEqual(['退货', '售后退货', '物流'])
  expect(find('ａb')).toEqual(['ABC'])
  expect(find('')).toHaveLength(4)
})

it('a quick reply replaces the slash and its search, and its open variable is selected', () => {
  const query = { start: 3, search: '退' }
  const insert = (content: string, values = {}) => insertQuickReply('您好 /退，谢谢', query, { content, values })
  expect(insert('{name}可以退', { name: '小林' })).toEqual({ text: '您好 小林可以退，谢谢', selection: [8, 8] })
  expect(insert('请 {{name}} 看')).toEqual({ text: '您好 请 {{name}} 看，谢谢', selection: [5, 13] })
})
