import { describe, expect, it } from 'vitest'
import { ContactBook } from './contact-book'
import { rawContact } from './raw-shapes'

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

  it('calls a room without a name by its members', () => {
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

  it('knows no details of a room that was only noted, but its outline', () => {
    const contacts = book()
    const noted = { username: '@@a', name: '售后', memberCount: 3, wechatId: '1@chatroom' }
    contacts.noteRoom(noted)
    contacts.noteRoom({ username: '@@a', name: '', memberCount: 0, wechatId: null })
    expect(contacts.room('@@a')).toBeNull()
    expect(contacts.roomNames()).toEqual(['@@a'])
    expect(contacts.outline('@@a')).toEqual({ ...noted, headSeq: null, members: null })
    expect(contacts.outline('@@b')).toMatchObject({ username: '@@b', name: '', memberCount: 0, wechatId: null })
  })

  it('A9: knows the members of a room again in another login: all but itself, by 微信号, remark, nickname', () => {
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
  ])('A9: reads the number of a picture from %s: %s', (HeadImgUrl, expected) => {
    const contacts = book()
    contacts.put(rawContact.parse({ UserName: '@@a', HeadImgUrl, MemberList: [member('@b', '乙')] }))
    contacts.put(rawContact.parse({ UserName: '@@a', MemberList: [] }))
    expect(contacts.room('@@a')?.headSeq).toBe(expected)
  })

  it('takes a stranger called __proto__ for a stranger', () => {
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
