import { cleanText } from '@/worker/wechat/protocol/clean-text'
import type { WireItem, WireMessage } from '@/worker/ilink/protocol/shapes'

/** Maximum length of a stored text, in UTF-16 units; iLink's own limit is 4,000. */
const maxTextLength = 65_536

/** A file to fetch from the content network. */
export type FileReference = {
  kind: 'image' | 'voice' | 'document' | 'video'
  fullUrl: string
  param: string
  keyHex: string
  keyBase64: string
  fileName: string
}

export type MessagePart = {
  /** Stable across redeliveries of the message. */
  wechatId: string
  type: 'text' | 'image' | 'other'
  text: string
  file: FileReference | null
}

/** Converts a message to parts, one for each item that a person sent. Never throws. */
export function readParts(message: WireMessage): MessagePart[] {
  const parts = message.item_list.flatMap((item) => readItem(item) ?? [])
  return parts.map((part, index) => ({
    ...part,
    wechatId: index === 0 ? message.message_id : `${message.message_id}:${index}`,
  }))
}

function readItem(item: WireItem): Omit<MessagePart, 'wechatId'> | null {
  const { text_item, image_item, voice_item, file_item, video_item } = item
  if (item.type === 1 && text_item) return { type: 'text', text: cleanText(text_item.text, maxTextLength), file: null }
  if (item.type === 2)
    return { type: 'image', text: '[图片]', file: image_item ? refer('image', image_item, image_item.aeskey) : null }
  if (item.type === 3) {
    // Like the vendor's client: a recognised voice message is its transcript.
    const transcript = cleanText(voice_item?.text ?? '', maxTextLength)
    if (transcript.trim() !== '') return { type: 'text', text: transcript, file: null }
    return { type: 'other', text: '[语音]', file: voice_item ? refer('voice', voice_item) : null }
  }
  if (item.type === 4) {
    const name = cleanText(file_item?.file_name ?? '', maxTextLength)
    return {
      type: 'other',
      text: `[文件] ${name}`.trim(),
      file: file_item ? refer('document', file_item, '', name) : null,
    }
  }
  if (item.type === 5) return { type: 'other', text: '[视频]', file: video_item ? refer('video', video_item) : null }
  // Tool notices of bots, and unknown types.
  return null
}

function refer(
  kind: FileReference['kind'],
  { media }: { media: { encrypt_query_param: string; aes_key: string; full_url: string } },
  keyHex = '',
  fileName = '',
): FileReference | null {
  const { encrypt_query_param: param, aes_key: keyBase64, full_url: fullUrl } = media
  return param || fullUrl ? { kind, fullUrl, param, keyHex, keyBase64, fileName } : null
}
