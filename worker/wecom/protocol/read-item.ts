import { cleanText } from '@/worker/wechat/protocol/clean-text'
import { type WireItem, wireItem } from '@/worker/wecom/protocol/shapes'

const fromCustomer = 3
/** Longest text that is kept, in UTF-16 units; WeCom's own limit is 2,048 bytes. */
const maxTextLength = 65_536
const maxSceneLength = 500

export type CustomerMessage = {
  kind: 'message'
  msgid: string
  externalId: string
  sentAtMs: number
  type: 'text' | 'image' | 'other'
  text: string
  /** A file to fetch; null: none. */
  file: { mediaId: string; isDocument: boolean; isImage: boolean } | null
}

/** A person opened the chat. */
export type EnteredChat = {
  kind: 'entered'
  externalId: string
  /** Allows one welcome message within 20 s; "": none. */
  welcomeCode: string
  scene: string
  /** What was appended to the link of the account; "": nothing. */
  sceneParam: string
  sentAtMs: number
}

export type StreamEntry =
  | CustomerMessage
  /** WeCom accepted a message and could not deliver it. */
  | { kind: 'send_failed'; msgid: string; failType: number }
  | EnteredChat
  /** A person of the company has taken the conversation, or it has ended. */
  | { kind: 'service_state'; externalId: string; change: 'taken' | 'ended' }

/** Message types whose stored text is only a placeholder, as a person would read it. */
const placeholders: Record<string, string> = {
  voice: '[语音]',
  video: '[视频]',
  business_card: '[名片]',
  channels: '[视频号]',
  channels_shop_product: '[商品]',
  channels_shop_order: '[订单]',
  channel_shop_order: '[订单]',
  merged_msg: '[聊天记录]',
  meeting: '[会议]',
  schedule: '[日程]',
  note: '[笔记]',
}

/** Reads an entry of an account's stream; null: nothing that concerns a robot, or unreadable. Never throws. */
export function readItem(raw: unknown): StreamEntry | null {
  const { data: item } = wireItem.safeParse(raw)
  if (!item) return null
  if (item.msgtype === 'event') return readEvent(item)
  // 5: a person replied in WeCom.
  if (item.origin !== fromCustomer || item.external_userid === '') return null
  const { msgid, external_userid: externalId } = item
  return { kind: 'message', msgid, externalId, sentAtMs: item.send_time * 1000, ...readContent(item) }
}

/** `change_type` of a conversation; 2, from one person to another, changes nothing for the robot. */
const changes: Record<number, 'taken' | 'ended'> = { 1: 'taken', 3: 'ended' }

function readEvent({ event, send_time: sentAtSeconds }: WireItem): StreamEntry | null {
  const { external_userid: externalId = '', welcome_code: welcomeCode = '', scene = '' } = event ?? {}
  const sceneParam = cleanText(event?.scene_param ?? '', maxSceneLength)
  switch (event?.event_type) {
    case 'msg_send_fail':
      return event.fail_msgid ? { kind: 'send_failed', msgid: event.fail_msgid, failType: event.fail_type } : null
    case 'enter_session':
      return externalId
        ? { kind: 'entered', externalId, welcomeCode, scene, sceneParam, sentAtMs: sentAtSeconds * 1000 }
        : null
    case 'session_status_change': {
      const change = changes[event.change_type]
      return externalId && change ? { kind: 'service_state', externalId, change } : null
    }
    default:
      return null
  }
}

function readContent({ msgtype, part }: WireItem): Pick<CustomerMessage, 'type' | 'text' | 'file'> {
  const file = (flags: { isDocument?: boolean; isImage?: boolean } = {}) =>
    part?.media_id ? { mediaId: part.media_id, isDocument: false, isImage: false, ...flags } : null
  switch (msgtype) {
    case 'text':
      return { type: 'text', text: cleanText(part?.content ?? '', maxTextLength), file: null }
    case 'image':
      return { type: 'image', text: '[图片]', file: file({ isImage: true }) }
    case 'file':
      return { type: 'other', text: describe('[文件]', part?.filename), file: file({ isDocument: true }) }
    case 'location':
      return { type: 'other', text: describe('[位置]', part?.name, part?.address), file: null }
    case 'link':
      return { type: 'other', text: describe('[链接]', part?.title, part?.url), file: null }
    case 'miniprogram':
      return { type: 'other', text: describe('[小程序]', part?.title), file: null }
    case 'msgmenu':
      return { type: 'other', text: describe('[菜单]', part?.head_content), file: null }
    default:
      return { type: 'other', text: placeholders[msgtype] ?? '[消息]', file: file() }
  }
}

function describe(...parts: (string | undefined)[]): string {
  return cleanText(parts.filter(Boolean).join(' '), maxTextLength)
}
