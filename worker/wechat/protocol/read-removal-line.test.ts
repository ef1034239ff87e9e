import { describe, expect, it } from 'vitest'
import { goneSigns, isProvenGone, type GoneSign } from '@/worker/wechat/protocol/gone-signs'
import { readRemovalLine } from '@/worker/wechat/protocol/read-removal-line'

describe('readRemovalLine', () => {
  it.each([
    ['你被"甲"移出群聊', { remover: '甲', isQuoted: true }],
    ['你被“甲”移出群聊', { remover: '甲', isQuoted: true }],
    ['你被"a b"移出群聊。', { remover: 'a b', isQuoted: true }],
    ['你被移出群聊', { remover: null, isQuoted: true }],
    ['You were removed from the group chat by "Wang"', { remover: 'Wang', isQuoted: true }],
    ['You were removed from the group chat by Wang', { remover: 'Wang', isQuoted: false }],
  ])('reads %j as a removal', (line, removal) => {
    expect(readRemovalLine(line)).toEqual(removal)
  })

  it.each([
    '你被踢移出 invited 小林 to the group chat',
    '你被"踢"移出群聊 invited 小林 to the group chat',
    '你被" changed the group name to "移出群聊',
    '你被"x joined the group chat via the QR code shared by y"移出群聊',
    '"你被移出"邀请"小林"加入了群聊',
    '"甲"将"你被"乙"移出群聊"移出了群聊',
    'You were removed from the group chat by "y changed the group name to "z"',
    '你被""移出群聊',
    '"甲"修改群名为“你被“乙”移出群聊”',
    '',
  ])('%j is not read as a removal: names can contain its words', (line) => {
    expect(readRemovalLine(line)).toBeNull()
  })
})

describe('isProvenGone', () => {
  const signs = Object.keys(goneSigns) as GoneSign[]
  const certain: GoneSign[] = ['removal_line', 'contact_deleted']

  it.each(signs)('isProvenGone is true for %s alone only if that is certain', (sign) => {
    expect(isProvenGone(new Set([sign]))).toBe(certain.includes(sign))
  })

  it.each(signs.flatMap((one) => signs.flatMap((other) => (one < other ? [[one, other] as const] : []))))(
    'isProvenGone is true for %s and %s together',
    (one, other) => expect(isProvenGone(new Set([one, other]))).toBe(true),
  )

  it('isProvenGone is false without a sign', () => expect(isProvenGone(new Set())).toBe(false))
})
