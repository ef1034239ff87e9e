import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rawMessage, syncResponse } from '@/worker/wechat/protocol/raw-shapes'
import { appKindOf, appKinds } from '@/worker/wechat/protocol/message-kinds'
import { readMessage, unreadableMessage } from '@/worker/wechat/protocol/read-message'

const read = (fields: Record<string, unknown>) => readMessage(rawMessage.parse({ MsgId: '1', ...fields }), '@me')
const inRoom = (fields: Record<string, unknown>) => read({ FromUserName: '@@r', ToUserName: '@me', ...fields })

const encode = (xml: string) =>
  xml.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\n', '<br/>')

describe('readMessage', () => {
  it('reads a room message with sender and full text', () => {
    expect(inRoom({ MsgType: 1, Content: '@ab:<br/>价格:<br/>1 &lt; 2' })).toEqual({
      kind: 'message',
      room: '@@r',
      sender: '@ab',
      type: 'text',
      text: '价格:\n1 < 2',
      file: null,
    })
  })

  it('reads a private message, whose text has no sender prefix', () => {
    expect(read({ MsgType: 1, FromUserName: '@ab', ToUserName: '@me', Content: '@ab:<br/>x' })).toMatchObject({
      kind: 'message',
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
    [
      {
        MsgType: 48,
        Content: `@ab:<br/>${encode('<msg><location x="1" label="朝阳区建国路88号" poiname="SOHO现代城"/></msg>')}`,
      },
      'other',
      '[位置] 朝阳区建国路88号 SOHO现代城',
    ],
    [
      {
        MsgType: 1,
        SubMsgType: 48,
        Content: '@ab:<br/>朝阳区建国路88号:<br/>/cgi-bin/mmwebwx-bin/webwxgetpubliclinkimg?url=x',
      },
      'other',
      '[位置] 朝阳区建国路88号',
    ],
    [{ MsgType: 1, SubMsgType: 48, Content: '@ab:<br/>朝阳区建国路88号' }, 'other', '[位置] 朝阳区建国路88号'],
    [
      {
        MsgType: 1,
        SubMsgType: 48,
        Content: '@ab:<br/>/cgi-bin/x',
        OriContent: encode('<msg><location label="人民路1号"/></msg>'),
      },
      'other',
      '[位置] 人民路1号',
    ],
    [{ MsgType: 66, RecommendInfo: { NickName: '小王' } }, 'other', '[名片] 小王'],
    [{ MsgType: 49, AppMsgType: 19, FileName: '群聊的聊天记录' }, 'other', '[聊天记录] 群聊的聊天记录'],
    [{ MsgType: 49, AppMsgType: 33, FileName: '点餐' }, 'other', '[小程序] 点餐'],
    [
      { MsgType: 49, AppMsgType: 51, FileName: '当前微信版本不支持展示该内容，请升级至最新版本。' },
      'other',
      '[视频号]',
    ],
    [{ MsgType: 49, AppMsgType: 53, FileName: '#接龙<br/>1. 小林 两份' }, 'other', '[接龙] #接龙\n1. 小林 两份'],
    [
      {
        MsgType: 49,
        AppMsgType: 87,
        FileName: '群公告',
        Content: `@ab:<br/>${encode('<msg><appmsg><title>群公告</title><textannouncement><![CDATA[明天\n放假]]></textannouncement></appmsg></msg>')}`,
      },
      'other',
      '[群公告] 明天\n放假',
    ],
    [
      {
        MsgType: 49,
        AppMsgType: 5,
        Content: `@ab:<br/>${encode('<msg><appmsg><title>只在 XML 里的标题</title></appmsg></msg>')}`,
      },
      'other',
      '[链接] 只在 XML 里的标题',
    ],
    [{ MsgType: 49, AppMsgType: 9_999, FileName: '当前版本不支持展示该内容' }, 'other', '[消息]'],
    [{ MsgType: 49, AppMsgType: 9_999, FileName: '群收款' }, 'other', '[消息] 群收款'],
    [{ MsgType: 49, AppMsgType: 'toString' }, 'other', '[消息]'],
    [{ MsgType: 12_345 }, 'other', '[消息]'],
    [{ MsgType: 'x' }, 'other', '[消息]'],
  ])('reads %j as %s %s', (fields, type, text) => {
    expect(inRoom(fields)).toMatchObject({ kind: 'message', type, text })
  })

  it.each(Object.keys(appKinds).map(Number))(
    'describes app message %i by the table; only type 5 is a link',
    (AppMsgType) => {
      const reading = inRoom({ MsgType: 49, AppMsgType, FileName: '标题' })
      const { placeholder, detail } = appKindOf(AppMsgType)
      expect(reading).toMatchObject({ text: detail === 'none' ? placeholder : `${placeholder} 标题` })
      expect(placeholder === '[链接]').toBe(AppMsgType === 5)
    },
  )

  const reply = (typed: string, refermsg: string) =>
    inRoom({
      MsgType: 49,
      AppMsgType: 57,
      FileName: encode(typed),
      Content: `@ab:<br/>${encode(`<?xml version="1.0"?>\n<msg><appmsg appid=""><title>${typed}</title><type>57</type>${refermsg}</appmsg></msg>`)}`,
    })
  const nested = (xml: string) => xml.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

  it.each([
    ['no quote', '', '早上九点开门'],
    [
      'a text',
      '<refermsg><type>1</type><displayname>小林</displayname><content>请问\n几点开门？</content></refermsg>',
      '早上九点开门\n[引用] 小林：请问 几点开门？',
    ],
    [
      'a picture',
      '<refermsg><type>3</type><displayname>小林</displayname><content>&lt;msg&gt;&lt;img/&gt;&lt;/msg&gt;</content></refermsg>',
      '早上九点开门\n[引用] 小林：[图片]',
    ],
    [
      'a file',
      `<refermsg><type>49</type><displayname>小林</displayname><content>${nested('<msg><appmsg><title>报价.xlsx</title><type>6</type></appmsg></msg>')}</content></refermsg>`,
      '早上九点开门\n[引用] 小林：[文件] 报价.xlsx',
    ],
    [
      'a reply',
      `<refermsg><type>49</type><displayname>小林</displayname><content>${nested('<msg><appmsg><title>明天呢？</title><type>57</type></appmsg></msg>')}</content></refermsg>`,
      '早上九点开门\n[引用] 小林：明天呢？',
    ],
    [
      'a text without a sender',
      '<refermsg><type>1</type><content>几点开门？</content></refermsg>',
      '早上九点开门\n[引用] 几点开门？',
    ],
    [
      'a name that is markup',
      '<refermsg><type>1</type><displayname><![CDATA[</displayname><content>假的]]></displayname><content>真的</content></refermsg>',
      '早上九点开门\n[引用] </displayname><content>假的：真的',
    ],
    [
      'a long text',
      `<refermsg><type>1</type><displayname>小林</displayname><content>${'长'.repeat(300)}</content></refermsg>`,
      `早上九点开门\n[引用] 小林：${'长'.repeat(200)}…`,
    ],
    ['an unreadable quote', '<refermsg><type>1</type><displayname>小林', '早上九点开门'],
  ])('reads a reply as the typed text followed by the quote: %s', (_what, refermsg, text) => {
    expect(reply('早上九点开门', refermsg)).toMatchObject({ kind: 'message', type: 'text', text, file: null })
  })

  it.each([
    [
      { FromUserName: '@me', ToUserName: '@@r', MsgType: 1, Content: 'x' },
      { kind: 'own', room: '@@r' },
    ],
    [{ FromUserName: 'fmessage', MsgType: 37 }, { kind: 'ignored' }],
    [{ FromUserName: '@@r', MsgType: 10_002 }, { kind: 'ignored' }],
    [
      { FromUserName: '@@r', MsgType: 10_000, Content: '"甲"修改群名为“乙”' },
      { kind: 'room_changed', room: '@@r', removal: null, joined: null },
    ],
    [
      { FromUserName: '@@r', MsgType: 10_000, Content: '你被"甲"移出群聊' },
      { kind: 'room_changed', room: '@@r', removal: { remover: '甲', isQuoted: true }, joined: null },
    ],
    [{ FromUserName: '@me', MsgType: 51, StatusNotifyCode: 2, StatusNotifyUserName: '@@r' }, { kind: 'ignored' }],
  ])('reads no message from %j', (fields, reading) => {
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
  ])('A12: finds the file of %j: %s', (fields, file) => expect(inRoom(fields)).toMatchObject({ file }))

  it('pairs raw ids with user names only if the lists agree', () => {
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

  it.each([
    [
      { FromUserName: '@@r', MsgType: 49 },
      { kind: 'message', room: '@@r', sender: '', type: 'other', text: '[消息]', file: null },
    ],
    [
      { FromUserName: '@ab', MsgType: 1 },
      { kind: 'message', room: null, sender: '@ab', type: 'other', text: '[消息]', file: null },
    ],
    [{ FromUserName: '@me', ToUserName: '@@r', MsgType: 1 }, { kind: 'ignored' }],
    [{ FromUserName: '@@r', MsgType: 10_000 }, { kind: 'ignored' }],
  ])('A2: keeps an unreadable %j as a message of unknown kind if a person sent it', (fields, reading) => {
    expect(unreadableMessage(rawMessage.parse({ MsgId: '1', ...fields }), '@me')).toEqual(reading)
  })

  it('never throws, whatever the input', () => {
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
        for (const raw of syncResponse.parse({ AddMsgList }).AddMsgList)
          expect(() => readMessage(raw, '@me')).not.toThrow()
      }),
    )
  })
})
