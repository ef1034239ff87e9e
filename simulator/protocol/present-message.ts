import { createHash } from 'node:crypto'

import { userNameOf } from '@/simulator/login/user-names'
import type { Login, Message, World } from '@/simulator/world/world'
import { encodeAttribute, encodeMarkup, encodeText } from '@/simulator/protocol/encode-text'

const blank = {
  MsgId: '',
  FromUserName: '',
  ToUserName: '',
  MsgType: 0,
  Content: '',
  Status: 3,
  ImgStatus: 1,
  CreateTime: 0,
  VoiceLength: 0,
  PlayLength: 0,
  FileName: '',
  FileSize: '',
  MediaId: '',
  Url: '',
  AppMsgType: 0,
  StatusNotifyCode: 0,
  StatusNotifyUserName: '',
  RecommendInfo: {} as Record<string, unknown>,
  ForwardFlag: 0,
  AppInfo: { AppID: '', Type: 0 },
  HasProductId: 0,
  Ticket: '',
  ImgHeight: 0,
  ImgWidth: 0,
  SubMsgType: 0,
  NewMsgId: 0,
  OriContent: '',
  EncryFileName: '',
}

/** Presents a message as webwxsync returns it to one login: with its user names, from its side of the chat. */
export function presentMessage(world: World, login: Login, message: Message, origin: string) {
  const room = world.data.rooms[message.chat]
  const isMine = message.from === login.wxid
  // A system message of a private chat has no sender; it belongs to the chat with the other person.
  const peer = message.from ?? message.to ?? login.wxid
  const from = isMine || !room ? peer : room.id
  const to = isMine ? (room?.id ?? message.to ?? '') : login.wxid
  const prefix = room && !isMine && message.from ? `${userNameOf(login, message.from)}:<br/>` : ''
  const { Content, ...rest } = presentContent(world, login, message, origin)
  return {
    ...stamp(message.id, message.atMs),
    FromUserName: userNameOf(login, from),
    ToUserName: userNameOf(login, to),
    ...rest,
    Content: prefix + Content,
  }
}

/** Fields that every message has: id and time. */
export function stamp(messageId: string, atMs: number) {
  return { ...blank, MsgId: messageId, NewMsgId: Number(messageId), CreateTime: Math.floor(atMs / 1000) }
}

function presentContent(world: World, login: Login, message: Message, origin: string) {
  const media = message.mediaId ? world.data.media[message.mediaId] : undefined
  const length = media?.sizeBytes ?? 0
  const md5 = createHash('md5')
    .update(message.mediaId ?? '')
    .digest('hex')
  switch (message.type) {
    case 'text':
      return { MsgType: 1, Content: encodeText(message.text) }
    case 'image': {
      const xml = `<?xml version="1.0"?>\n<msg>\n\t<img aeskey="${md5}" encryver="1" cdnthumblength="${Math.min(length, 4096)}" cdnthumbheight="120" cdnthumbwidth="120" length="${length}" md5="${md5}" />\n</msg>\n`
      return { MsgType: 3, Content: encodeMarkup(xml), ImgStatus: 2, ImgHeight: 120, ImgWidth: 120 }
    }
    case 'emoticon': {
      const url = `${origin}/mmemoji/${message.mediaId}`
      const xml = `<msg><emoji fromusername="${message.from}" tousername="${login.wxid}" type="2" md5="${md5}" len="${length}" cdnurl="${url}" width="120" height="120"></emoji></msg>`
      return { MsgType: 47, Content: encodeMarkup(xml), ImgStatus: 2, ImgHeight: 120, ImgWidth: 120, HasProductId: 0 }
    }
    case 'file': {
      const name = message.fileName ?? '文件'
      const xml = `<msg><appmsg appid="" sdkver="0"><title>${encodeAttribute(name)}</title><des></des><type>6</type><appattach><totallen>${length}</totallen><attachid>${message.mediaId}</attachid><fileext>${encodeAttribute(name.split('.').pop() ?? '')}</fileext></appattach></appmsg></msg>`
      return {
        MsgType: 49,
        AppMsgType: 6,
        Content: encodeMarkup(xml),
        FileName: encodeText(name),
        FileSize: String(length),
        MediaId: message.mediaId ?? '',
      }
    }
    case 'invite': {
      const xml = `<msg><appmsg appid="" sdkver="0"><title>邀请你加入群聊</title><des>${encodeAttribute(message.text)}</des><type>5</type><url>https://support.weixin.qq.com/cgi-bin/mmsupport-bin/addchatroombyinvite</url></appmsg></msg>`
      return { MsgType: 49, AppMsgType: 5, Content: encodeMarkup(xml), FileName: '邀请你加入群聊' }
    }
    case 'wire':
      return { MsgType: 1, Content: '', ...message.wire }
    case 'system':
      return { MsgType: 10_000, Content: encodeText(message.textFor?.[login.wxid] ?? message.text) }
  }
}

/** Presents the MsgType 51 that follows a login: raw ids in the order of their user names. */
export function presentChats(login: Login, entry: { rawIds: string[]; messageId: string; atMs: number }) {
  const self = userNameOf(login, login.wxid)
  const xml = `<msg>\n<op id='4'>\n<username>\n${entry.rawIds.join(',')}\n</username>\n<unreadchatlist>\n</unreadchatlist>\n<unreadfunctionlist>\n</unreadfunctionlist>\n</op>\n</msg>`
  return {
    ...stamp(entry.messageId, entry.atMs),
    FromUserName: self,
    ToUserName: self,
    MsgType: 51,
    Content: encodeMarkup(xml),
    StatusNotifyCode: 4,
    StatusNotifyUserName: entry.rawIds.map((rawId) => userNameOf(login, rawId)).join(','),
  }
}
