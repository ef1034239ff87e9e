import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rawMessage, syncAnswer } from './raw-shapes'
import { readMessage } from './read-message'

const read = (fields: Record<string, unknown>) => readMessage(rawMessage.parse({ MsgId: '1', ...fields }), '@me')
const inRoom = (fields: Record<string, unknown>) => read({ FromUserName: '@@r', ToUserName: '@me', ...fields })

describe('readMessage', () => {
  it('reads what somebody says in a room, whole', () => {
    expect(inRoom({ MsgType: 1, Content: '@ab:<br/>价格:<br/>1 &lt; 2' })).toEqual({
      kind: 'said',
      room: '@@r',
      sender: '@ab',
      type: 'text',
      text: '价格:\n1 < 2',
      file: null,
    })
  })

  it('reads a private message, which has no speaker in its text', () => {
    expect(read({ MsgType: 1, FromUserName: '@ab', ToUserName: '@me', Content: '@ab:<br/>x' })).toMatchObject({
      kind: 'said',
      room: null,
      sender: '@ab',
      text: '@ab:\nx',
    })
  })

  it.each([
    [{ MsgType: 3, Content: '@ab:<br/>&lt;msg' }, 'image', '[图片]'],
    [{ MsgType: 47 }, 'image', '[动画表情]'],
    [{ MsgType: 34 }, 'other', '[语音]'],
    [{ MsgType: 43 }, 'other', '[视频]'],
    [{ MsgType: 49, AppMsgType: 6, FileName: '报价 &amp; 单.xlsx' }, 'other', '[文件] 报价 & 单.xlsx'],
    [{ MsgType: 49, AppMsgType: 5, FileName: '标题' }, 'other', '[链接] 标题'],
    [{ MsgType: 49, AppMsgType: 2001 }, 'other', '[红包]'],
    [{ MsgType: 42, RecommendInfo: { NickName: '小王' } }, 'other', '[名片] 小王'],
    [{ MsgType: 42, RecommendInfo: null }, 'other', '[名片]'],
    [{ MsgType: 1, SubMsgType: 48, Content: '@ab:<br/>/cgi-bin/x' }, 'other', '[位置]'],
    [{ MsgType: 12_345 }, 'other', '[暂不支持的消息]'],
    [{ MsgType: 'x' }, 'other', '[暂不支持的消息]'],
  ])('%j is %s %s', (fields, type, text) => {
    expect(inRoom(fields)).toMatchObject({ kind: 'said', type, text })
  })

  it.each([
    [
      { FromUserName: '@me', ToUserName: '@@r', MsgType: 1, Content: 'x' },
      { kind: 'own', room: '@@r' },
    ],
    [{ FromUserName: 'fmessage', MsgType: 37 }, { kind: 'nothing' }],
    [{ FromUserName: '@@r', MsgType: 10_002 }, { kind: 'nothing' }],
    [
      { FromUserName: '@@r', MsgType: 10_000, Content: '"甲"修改群名为“乙”' },
      { kind: 'room_changed', room: '@@r', hasRemovedUs: false },
    ],
    [
      { FromUserName: '@@r', MsgType: 10_000, Content: '你被"甲"移出群聊' },
      { kind: 'room_changed', room: '@@r', hasRemovedUs: true },
    ],
    [{ FromUserName: '@me', MsgType: 51, StatusNotifyCode: 2, StatusNotifyUserName: '@@r' }, { kind: 'nothing' }],
  ])('%j is no message', (fields, reading) => {
    expect(read(fields)).toEqual(reading)
  })

  it.each([
    [{ MsgType: 3 }, 'image'],
    [{ MsgType: 47 }, 'image'],
    [{ MsgType: 34 }, 'voice'],
    [{ MsgType: 43 }, 'video'],
    [{ MsgType: 49, AppMsgType: 6 }, 'document'],
    [{ MsgType: 49, AppMsgType: 5 }, null],
    [{ MsgType: 1, Content: 'x' }, null],
    [{ MsgType: 48 }, null],
  ])('A12: %j brings %s', (fields, file) => expect(inRoom(fields)).toMatchObject({ file }))

  it('pairs raw ids with user names only where the lists agree', () => {
    const status = { MsgType: 51, StatusNotifyCode: 4, FromUserName: '@me', StatusNotifyUserName: '@a,@@r' }
    const xml = (ids: string) => `&lt;msg&gt;<br/>&lt;username&gt;<br/>${ids}<br/>&lt;/username&gt;`
    const rooms = (Content: string) => read({ ...status, Content })
    expect(rooms(xml('wxid_a,9@chatroom'))).toEqual({
      kind: 'chats',
      rooms: [{ username: '@@r', wechatId: '9@chatroom' }],
    })
    expect(rooms(xml('9@chatroom,wxid_a'))).toEqual({ kind: 'chats', rooms: [{ username: '@@r', wechatId: null }] })
    expect(rooms('')).toEqual({ kind: 'chats', rooms: [{ username: '@@r', wechatId: null }] })
  })

  it('never throws, whatever arrives', () => {
    const value = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.integer(),
      fc.constant(null),
      fc.constant({}),
      fc.constant('__proto__'),
    )
    const message = fc.record(
      {
        MsgId: value,
        FromUserName: value,
        ToUserName: value,
        Content: value,
        StatusNotifyUserName: value,
        RecommendInfo: value,
        MsgType: fc.oneof(value, fc.constantFrom(1, 3, 42, 49, 51, 10_000)),
        StatusNotifyCode: fc.constantFrom(0, 4, 'x'),
      },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(fc.array(fc.oneof(message, fc.anything())), (AddMsgList) => {
        for (const raw of syncAnswer.parse({ AddMsgList }).AddMsgList)
          expect(() => readMessage(raw, '@me')).not.toThrow()
      }),
    )
  })
})
