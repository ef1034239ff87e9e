import { createHash } from 'node:crypto'
import { callbackShapes, type CallbackShape, type GatewayDevice } from '@/simulator/gateway/data'
import { splitLong, writeGatewayJson } from '@/simulator/gateway/wire-json'
import { encodeAttribute } from '@/simulator/protocol/encode-text'
import type { FriendRequest, Message, World } from '@/simulator/world/world'

/** An event with the field names of the gateway's documentation. */
export type GatewayEvent = { type: string; data: Record<string, unknown> }

/** Returns the event of a message as the account of `device` receives it. */
export function messageEvent(world: World, device: GatewayDevice, message: Message): GatewayEvent {
  const room = world.data.rooms[message.chat]
  const isMine = message.from === device.wxid
  const peer = message.from ?? message.to ?? device.wxid
  const from = isMine || !room ? peer : room.id
  const to = isMine ? (room?.id ?? message.to ?? '') : device.wxid
  const { msgType, content } = contentOf(world, device, message)
  const prefix = room && !isMine && message.from ? `${message.from}:\n` : ''
  const wire = message.wire ?? {}
  return {
    type: 'AddMsg',
    data: {
      MsgId: message.id.slice(-9).replace(/^0+/, '1'),
      FromUserName: { string: from },
      ToUserName: { string: to },
      MsgType: msgType,
      Content: { string: prefix + content },
      Status: 3,
      ImgStatus: 1,
      ImgBuf: { iLen: 0 },
      CreateTime: Math.floor(message.atMs / 1000),
      MsgSource: '<msgsource></msgsource>',
      PushContent: room ? '' : `${world.data.people[peer ?? '']?.nickname ?? ''} : ${message.text}`,
      NewMsgId: message.id,
      MsgSeq: 1,
      ...wire,
    },
  }
}

function contentOf(world: World, { wxid }: GatewayDevice, message: Message): { msgType: number; content: string } {
  const { mediaId } = message
  const length = mediaId ? (world.data.media[mediaId]?.sizeBytes ?? 0) : 0
  const md5 = createHash('md5')
    .update(mediaId ?? '')
    .digest('hex')
  switch (message.type) {
    case 'text':
      return { msgType: 1, content: message.text }
    case 'image':
      return {
        msgType: 3,
        content: `<?xml version="1.0"?>\n<msg>\n\t<img aeskey="${md5}" encryver="1" cdnthumbaeskey="${md5}" cdnthumburl="${mediaId}" cdnthumblength="${length}" cdnmidimgurl="${mediaId}" length="${length}" md5="${md5}" />\n</msg>`,
      }
    case 'emoticon':
      return {
        msgType: 47,
        content: `<msg><emoji fromusername="${message.from}" tousername="${wxid}" type="2" md5="${md5}" len="${length}" width="120" height="120"></emoji></msg>`,
      }
    case 'file':
      return {
        msgType: 49,
        content: `<?xml version="1.0"?>\n<msg><appmsg appid="" sdkver="0"><title>${encodeAttribute(message.fileName ?? '文件')}</title><type>6</type><appattach><totallen>${length}</totallen><cdnattachurl>${mediaId}</cdnattachurl></appattach></appmsg></msg>`,
      }
    case 'invite':
      return {
        msgType: 49,
        content: `<msg><appmsg appid="" sdkver="0"><title>邀请你加入群聊</title><des>${encodeAttribute(message.text)}</des><type>5</type><url>https://support.weixin.qq.com/</url></appmsg></msg>`,
      }
    case 'wire':
      return { msgType: 1, content: '' }
    case 'system':
      return { msgType: 10_000, content: (wxid && message.textFor?.[wxid]) || message.text }
  }
}

export function friendRequestEvent(world: World, device: GatewayDevice, request: FriendRequest): GatewayEvent {
  const attributes = {
    fromusername: request.from,
    encryptusername: `v3_${request.id}@stranger`,
    fromnickname: world.data.people[request.from]?.nickname ?? request.from,
    content: request.greeting,
    imagestatus: '3',
    scene: '30',
    ticket: request.ticket,
    opcode: '2',
  }
  const pairs = Object.entries(attributes).map(([name, value]) => `${name}="${encodeAttribute(value)}"`)
  const id = `3${(BigInt(`0x${request.id}`) % 10n ** 18n).toString().padStart(18, '0')}`
  return {
    type: 'AddMsg',
    data: {
      MsgId: id.slice(-9).replace(/^0+/, '1'),
      FromUserName: { string: 'fmessage' },
      ToUserName: { string: device.wxid },
      MsgType: 37,
      Content: { string: `<msg ${pairs.join(' ')}><brandlist count="0" ver="0"></brandlist></msg>` },
      CreateTime: Math.floor(request.atMs / 1000),
      NewMsgId: id,
    },
  }
}

/** A changed or deleted room or contact. */
export function contactEvent(world: World, rawId: string, type: 'ModContacts' | 'DelContacts'): GatewayEvent {
  const nickname = world.data.rooms[rawId]?.name ?? world.data.people[rawId]?.nickname ?? ''
  return { type, data: { UserName: { string: rawId }, NickName: { string: nickname }, Type: 3 } }
}

const spelled = callbackShapes.filter((shape) => shape !== 'rotate')
let turn = 0

/** Writes the body of a callback in one of the JSON formats that gateways and their forwarders use. */
export function writeCallback(device: GatewayDevice, { type, data }: GatewayEvent, shape: CallbackShape): string {
  const chosen = shape === 'rotate' ? (spelled[turn++ % spelled.length] ?? 'document') : shape
  const envelope = { TypeName: type, Appid: device.appId, Wxid: device.wxid }
  if (chosen === 'texts') return JSON.stringify({ ...envelope, Data: mapValues(data, unwrapText) })
  if (chosen === 'longs') return JSON.stringify({ ...envelope, Data: mapValues(data, toLong) })
  if (chosen === 'flat' && type === 'AddMsg') return JSON.stringify(flatten(device, data))
  return writeGatewayJson({ ...envelope, Data: data })
}

function flatten({ appId, wxid }: GatewayDevice, data: Record<string, unknown>) {
  const text = (name: string) => {
    const value = unwrapText(data[name])
    return typeof value === 'string' ? value : ''
  }
  const [from, to] = [text('FromUserName'), text('ToUserName')]
  const group = [from, to].find((name) => name.endsWith('@chatroom')) ?? ''
  const [, speaker] = /^([\w-]+):\n/.exec(text('Content')) ?? []
  return {
    typeName: 'AddMsg',
    appid: appId,
    wxid,
    msgType: Number(data['MsgType']),
    newMsgId: data['NewMsgId'],
    fromUser: group && group === from ? (speaker ?? '') : from,
    fromGroup: group,
    toUser: to,
    content: speaker && group ? text('Content').slice(speaker.length + 2) : text('Content'),
    isSelf: from === wxid,
    createTime: data['CreateTime'],
  }
}

const mapValues = (record: Record<string, unknown>, map: (value: unknown, key: string) => unknown) =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value, key)]))

function unwrapText(value: unknown): unknown {
  const { string } = Object(value) as { string?: unknown }
  return typeof string === 'string' ? string : value
}

function toLong(value: unknown, key: string): unknown {
  if (key === 'NewMsgId' && typeof value === 'string' && /^\d+$/.test(value)) return splitLong(value)
  return typeof value === 'number' ? { low: value } : value
}
