import { cleanText } from '@/worker/wechat/protocol/clean-text'
import { type WireItem, wireItem } from '@/worker/wecom/protocol/shapes'

const fromCustomer = 3
/** Longest text that is kept, in UTF-16 units; WeCom's own limit is 2,048 bytes. */
const maxTextLength = 65_536

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

export type StreamEntry =
  | CustomerMessage
  /** WeCom accepted a message and could not deliver it. */
  | { kind: 'send_failed'; msgid: string; failType: number }

/** Types of which only their kind is known, and what a person would read. */
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

function readEvent({ event }: WireItem): StreamEntry | null {
  if (event?.event_type !== 'msg_send_fail' || event.fail_msgid === '') return null
  return { kind: 'send_failed', msgid: event.fail_msgid, failType: event.fail_type }
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
