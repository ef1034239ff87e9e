import { describe, expect, it } from 'vitest'
import { ContactBook } from '@/worker/wechat/protocol/contact-book'
import { rawContact } from '@/worker/wechat/protocol/raw-shapes'

const book = () => new ContactBook(() => '@me')
const member = (UserName: string, NickName: string, DisplayName = '') => ({ UserName, NickName, DisplayName })

describe('ContactBook', () => {
  it('shows a room by its name and counts its members', () => {
    const contacts = book()
    contacts.put(
      rawContact.parse({
        UserName: '@@a',
        NickName: '售后 &amp; 100086',
        MemberCount: 2,
        MemberList: [member('@me', '我'), member('@b', '乙')],
      }),
    )
    expect(contacts.room('@@a')).toMatchObject({ name: '售后 & 100086', memberCount: 2, wechatId: null })
  })

  it('names an unnamed room after its members', () => {
    const contacts = book()
    contacts.put(
      rawContact.parse({
        UserName: '@@a',
        MemberCount: 3,
        MemberList: [member('@me', '我'), member('@b', '乙', '乙方'), member('@c', '丙')],
      }),
    )
    expect(contacts.room('@@a')?.name).toBe('乙方、丙')
  })

  it('keeps the members of a room that is listed again without them', () => {
    const contacts = book()
    contacts.put(
      rawContact.parse({ UserName: '@@a', NickName: '旧', MemberCount: 1, MemberList: [member('@b', '乙')] }),
    )
    contacts.put(rawContact.parse({ UserName: '@@a', NickName: '新', MemberCount: 0, MemberList: [] }))
    expect(contacts.room('@@a')).toMatchObject({ name: '新', memberCount: 1 })
    expect(contacts.memberName('@@a', '@b')).toBe('乙')
  })

  it('the contact book has an outline but no details of a room that was only added', () => {
    const contacts = book()
    const outline = { username: '@@a', name: '售后', memberCount: 3, wechatId: '1@chatroom' }
    contacts.addRoom(outline)
    contacts.addRoom({ username: '@@a', name: '', memberCount: 0, wechatId: null })
    expect(contacts.room('@@a')).toBeNull()
    expect(contacts.roomNames()).toEqual(['@@a'])
    expect(contacts.outline('@@a')).toEqual({ ...outline, headSeq: null, isOwn: null, members: null })
    expect(contacts.outline('@@b')).toMatchObject({ username: '@@b', name: '', memberCount: 0, wechatId: null })
  })

  it.each([
    [{ ChatRoomOwner: '@me', IsOwner: 0 }, true],
    [{ ChatRoomOwner: '@b', IsOwner: 1 }, false],
    [{ ChatRoomOwner: '', IsOwner: 1 }, true],
    [{ ChatRoomOwner: '', IsOwner: 0 }, null],
    [{ ChatRoomOwner: 'wxid_me', IsOwner: 0 }, null],
    [{}, null],
  ])('B4: reads the ownership of a room from %j as %j', (fields, isOwn) => {
    const contacts = book()
    contacts.put(rawContact.parse({ UserName: '@@a', NickName: '群', ...fields, MemberList: [{ UserName: '@b' }] }))
    expect(contacts.room('@@a')?.isOwn).toBe(isOwn)
    contacts.put(rawContact.parse({ UserName: '@@a', NickName: '群' }))
    expect(contacts.room('@@a')?.isOwn).toBe(isOwn)
  })

  it('A9: identifies members across logins by 微信号, remark and nickname, without the account itself', () => {
    const login = (volatile: string) => {
      const contacts = new ContactBook(() => `@me${volatile}`)
      const friend = { UserName: `@b${volatile}`, NickName: '乙', RemarkName: '王芳 wx1', Alias: 'wangfang' }
      contacts.put(rawContact.parse(friend))
      const members = [
        member(`@me${volatile}`, '我'),
        member(`@b${volatile}`, '乙', '乙方'),
        member(`@c${volatile}`, '丙'),
      ]
      contacts.put(rawContact.parse({ UserName: '@@a', NickName: '售后', MemberList: members }))
      return contacts.room('@@a')?.members
    }
    expect(login('1')).toEqual(login('2'))
    expect(login('1')?.map((traits) => traits.length)).toEqual([3, 1])
    expect(JSON.stringify(login('1'))).not.toMatch(/wangfang|王芳|乙|丙/)
  })

  it.each([
    ['/cgi-bin/mmwebwx-bin/webwxgetheadimg?seq=662570047&username=@@a&skey=@crypt_1', '662570047'],
    ['/cgi-bin/mmwebwx-bin/webwxgetheadimg?seq=0&username=@@a&skey=', null],
    ['', null],
  ])('A9: reads the picture number of %s as %s', (HeadImgUrl, expected) => {
    const contacts = book()
    contacts.put(rawContact.parse({ UserName: '@@a', HeadImgUrl, MemberList: [member('@b', '乙')] }))
    contacts.put(rawContact.parse({ UserName: '@@a', MemberList: [] }))
    expect(contacts.room('@@a')?.headSeq).toBe(expected)
  })

  it('handles a stranger called __proto__ as any other', () => {
    const contacts = book()
    contacts.put(
      rawContact.parse({
        UserName: '__proto__',
        NickName: '__proto__',
        MemberList: JSON.parse('[{"UserName":"constructor","__proto__":{"x":1}}]'),
      }),
    )
    expect(contacts.contactName('__proto__')).toBe('__proto__')
    expect(contacts.contactName('toString')).toBeNull()
    expect(({} as Record<string, unknown>).x).toBeUndefined()
  })
})
