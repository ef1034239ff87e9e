import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readGatewayEvent } from '@/lib/gateway/read-event'
import { readMessage } from '@/worker/gateway/protocol/read-message'

const me = 'wxid_me'
const room = '20000000001@chatroom'
/** More digits than a double holds. */
const id = '9007199254740993777'
const app = (type: number, title: string, rest = '') =>
  `<?xml version="1.0"?>\n<msg><appmsg appid="" sdkver="0"><title>${title}</title><type>${type}</type>${rest}</appmsg></msg>`
const quote = `<refermsg><type>1</type><svrid>${id}</svrid><fromusr>wxid_b</fromusr><displayname>李伟</displayname><content>发货了吗</content></refermsg>`
const quotedImage = '<refermsg><type>3</type><displayname>李伟</displayname><content>&lt;msg/&gt;</content></refermsg>'

/** What a person reads, by the kind of message. */
const kinds: [name: string, msgType: number, content: string, type: string, text: string][] = [
  ['a text', 1, '今天发货吗？', 'text', '今天发货吗？'],
  ['an image', 3, '<msg><img aeskey="a" cdnmidimgurl="b" length="3"/></msg>', 'image', '[图片]'],
  ['a voice message', 34, '<msg><voicemsg voicelength="2100" length="4"/></msg>', 'other', '[语音]'],
  ['a card', 42, '<msg username="wxid_c" nickname="王 芳" alias=""/>', 'other', '[名片] 王 芳'],
  ['a video', 43, '<msg><videomsg aeskey="a" cdnvideourl="b" playlength="3"/></msg>', 'other', '[视频]'],
  ['an emoji', 47, '<msg><emoji md5="a" len="1"/></msg>', 'other', '[动画表情]'],
  [
    'a location',
    48,
    '<msg><location x="30.2" y="120.1" scale="16" label="杭州市西湖区" poiname="断桥"/></msg>',
    'other',
    '[位置] 杭州市西湖区 断桥',
  ],
  ['a link', 49, app(5, '新品上架', '<url>https://example.com</url>'), 'other', '[链接] 新品上架'],
  ['a file', 49, app(6, '报价单.xlsx', '<appattach><totallen>9</totallen></appattach>'), 'other', '[文件] 报价单.xlsx'],
  ['a chat record', 49, app(19, '群聊的聊天记录'), 'other', '[聊天记录] 群聊的聊天记录'],
  ['a mini program', 49, app(33, '点单'), 'other', '[小程序] 点单'],
  ['a mini program of the other type', 49, app(36, '点单'), 'other', '[小程序] 点单'],
  ['a reply to a text', 49, app(57, '明天', quote), 'text', '明天\n[引用] 李伟：发货了吗'],
  ['a reply to an image', 49, app(57, '这个', quotedImage), 'text', '这个\n[引用] 李伟：[图片]'],
  ['a transfer', 49, app(2000, '微信转账'), 'other', '[转账]'],
  ['a red packet', 49, app(2001, '恭喜发财'), 'other', '[红包]'],
  ['an undocumented kind', 12_345, '<msg/>', 'other', '[消息]'],
  ['an app message without XML', 49, 'x', 'other', '[消息]'],
]

type Sample = { from: string; to: string; msgType: number; content: string }
const envelope = { TypeName: 'AddMsg', Appid: 'wx_1', Wxid: me }
const bare = (body: object) => JSON.stringify(body).replace(`"${id}"`, id)
const speakerOf = (content: string) => /^(\w+):\n/.exec(content)?.[1] ?? ''

/** The spellings of the document and of forwarders. */
const spellings: Record<string, (sample: Sample) => string> = {
  document: ({ from, to, msgType, content }) =>
    bare({
      ...envelope,
      Data: {
        FromUserName: { string: from },
        ToUserName: { string: to },
        MsgType: msgType,
        Content: { string: content },
        NewMsgId: id,
      },
    }),
  texts: ({ from, to, msgType, content }) =>
    JSON.stringify({
      ...envelope,
      Data: { FromUserName: from, ToUserName: to, MsgType: String(msgType), Content: content, NewMsgId: id },
    }),
  halves: ({ from, to, msgType, content }) =>
    JSON.stringify({
      ...envelope,
      Data: {
        FromUserName: { string: from },
        ToUserName: { string: to },
        MsgType: { low: msgType },
        Content: { string: content },
        NewMsgId: { low: Number(BigInt.asIntN(32, BigInt(id))), high: Number(BigInt(id) >> 32n) },
      },
    }),
  flat: ({ from, to, msgType, content }) =>
    bare({
      appid: 'wx_1',
      wxid: me,
      msgType,
      newMsgId: id,
      fromUser: from === room ? speakerOf(content) : from,
      fromGroup: from === room ? from : '',
      toUser: to,
      content: from === room ? content.replace(/^\w+:\n/, '') : content,
      isSelf: from === me,
    }),
}

function read(sample: Sample, spelling: string) {
  const event = readGatewayEvent(spellings[spelling]?.(sample) ?? '')
  if (event?.kind !== 'message') throw new Error('no message')
  return { key: event.key, ...event.message, reading: readMessage(event.message) }
}

describe.each(Object.keys(spellings))('a message in the spelling %s', (spelling) => {
  it.each(kinds)('a message is read in a room and in private: %s', (_name, msgType, content, type, text) => {
    const reading = { kind: 'message', type, text }
    const inRoom = read({ from: room, to: me, msgType, content: `wxid_a:\n${content}` }, spelling)
    expect(inRoom).toMatchObject({ key: id, room, sender: 'wxid_a', isOwn: false, reading })
    const inPrivate = read({ from: 'wxid_a', to: me, msgType, content }, spelling)
    expect(inPrivate).toMatchObject({ key: id, room: null, sender: 'wxid_a', isOwn: false, reading })
  })

  it.each(kinds)(
    'a message that the account sent itself, also on its phone, is ignored: %s',
    (_name, msgType, content) => {
      for (const to of [room, 'wxid_a'])
        expect(read({ from: me, to, msgType, content }, spelling)).toMatchObject({
          isOwn: true,
          room: to === room ? room : null,
          reading: { kind: 'ignored' },
        })
    },
  )

  it('a revocation or a line of the system is not read as a message', () => {
    const revoked = '<sysmsg type="revokemsg"><revokemsg><msgid>1</msgid></revokemsg></sysmsg>'
    const from = { from: room, to: me }
    expect(read({ ...from, msgType: 10_002, content: `wxid_a:\n${revoked}` }, spelling).reading.kind).toBe('ignored')
    const joined = '"王芳"邀请"李伟"加入了群聊'
    expect(read({ ...from, msgType: 10_000, content: joined }, spelling).reading).toEqual({
      kind: 'room_changed',
      room,
      joined: '李伟',
    })
    const renamed = '"王芳"修改群名为“邀请李伟加入了群聊”'
    expect(read({ ...from, msgType: 10_000, content: renamed }, spelling).reading).toMatchObject({ joined: null })
    const strange = { from: 'wxid_a', to: me, msgType: 10_000, content: '对方已添加你为朋友' }
    expect(read(strange, spelling).reading.kind).toBe('ignored')
  })

  it('a friend request carries the tickets that accept it', () => {
    const content =
      '<msg fromusername="wxid_new" encryptusername="v3_a@stranger" fromnickname="黑旋风&amp;" content="我是 A1" scene="30" ticket="v4_b@stranger"/>'
    expect(read({ from: 'fmessage', to: me, msgType: 37, content }, spelling).reading).toEqual({
      kind: 'friend_request',
      request: {
        username: 'wxid_new',
        wechatId: 'wxid_new',
        nickname: '黑旋风&',
        greeting: '我是 A1',
        ticket: '{"v3":"v3_a@stranger","v4":"v4_b@stranger","scene":30}',
      },
    })
  })
})

it('a message of any content is read without an error and within its maximum length', () => {
  const msgType = fc.oneof(fc.integer(), fc.constantFrom(1, 3, 34, 37, 42, 43, 47, 48, 49, 10_000, 10_002))
  const xml = fc.constantFrom(
    '<msg>',
    '<appmsg>',
    '<type>57</type>',
    '<title>',
    '&#0;',
    '&#xD800;',
    ']]>',
    '<refermsg>',
  )
  const content = fc.array(fc.oneof(fc.string({ unit: 'binary' }), xml)).map((parts) => parts.join(''))
  fc.assert(
    fc.property(msgType, content, fc.boolean(), (type, text, isInRoom) => {
      const reading = readMessage({
        room: isInRoom ? room : null,
        sender: 'a',
        isOwn: false,
        msgType: type,
        content: text,
      })
      const shown = JSON.stringify(reading)
      expect(shown).not.toMatch(/\\u0000|\\ud[89a-f]/i)
      expect(shown.length).toBeLessThan(1_000_000)
    }),
    { numRuns: 2_000 },
  )
})
