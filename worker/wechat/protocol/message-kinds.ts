/** The kind of file that can be fetched for a message. */
export type FileKind = 'image' | 'voice' | 'video' | 'document'

type Kind = {
  /** The placeholder that a person reads. */
  placeholder: string
  /** What follows the placeholder; by default the title, if any. */
  detail?: 'none' | 'name' | 'address' | 'announcement' | 'whole_title'
  file?: FileKind
}

/** The kind of an unknown or unreadable message. */
export const unknownKind: Kind = { placeholder: '[消息]' }

/** WeChat's `MsgType`, except texts (1), app messages (49) and messages that no person sent. */
export const messageKinds: Readonly<Record<number, Kind>> = {
  3: { placeholder: '[图片]', detail: 'none', file: 'image' },
  34: { placeholder: '[语音]', detail: 'none', file: 'voice' },
  42: { placeholder: '[名片]', detail: 'name' },
  43: { placeholder: '[视频]', detail: 'none', file: 'video' },
  47: { placeholder: '[动画表情]', detail: 'none', file: 'image' },
  48: { placeholder: '[位置]', detail: 'address' },
  50: { placeholder: '[通话]', detail: 'none' },
  53: { placeholder: '[通话]', detail: 'none' },
  62: { placeholder: '[视频]', detail: 'none', file: 'video' },
  66: { placeholder: '[名片]', detail: 'name' },
}

/** `AppMsgType` of a reply with a quote: a text followed by the quote. */
export const replyKind = 57

/** WeChat's `AppMsgType`, within `MsgType` 49, except replies (57). Taken from public reports; WeChat documents none. */
export const appKinds: Readonly<Record<number, Kind>> = {
  2: { placeholder: '[图片]' },
  3: { placeholder: '[音乐]' },
  4: { placeholder: '[视频]' },
  5: { placeholder: '[链接]' },
  6: { placeholder: '[文件]', file: 'document' },
  8: { placeholder: '[动画表情]', detail: 'none' },
  16: { placeholder: '[卡券]' },
  17: { placeholder: '[位置共享]', detail: 'none' },
  19: { placeholder: '[聊天记录]' },
  21: { placeholder: '[微信运动]' },
  24: { placeholder: '[笔记]' },
  33: { placeholder: '[小程序]' },
  36: { placeholder: '[小程序]' },
  40: { placeholder: '[聊天记录]' },
  50: { placeholder: '[视频号名片]', detail: 'none' },
  51: { placeholder: '[视频号]', detail: 'none' },
  53: { placeholder: '[接龙]', detail: 'whole_title' },
  62: { placeholder: '[拍一拍]' },
  63: { placeholder: '[视频号直播]', detail: 'none' },
  74: { placeholder: '[文件]' },
  76: { placeholder: '[音乐]' },
  87: { placeholder: '[群公告]', detail: 'announcement' },
  92: { placeholder: '[音乐]' },
  2000: { placeholder: '[转账]', detail: 'none' },
  2001: { placeholder: '[红包]', detail: 'none' },
  2003: { placeholder: '[红包封面]', detail: 'none' },
}

export function messageKindOf(type: number): Kind {
  return (Object.hasOwn(messageKinds, type) && messageKinds[type]) || unknownKind
}

export function appKindOf(type: number): Kind {
  return (Object.hasOwn(appKinds, type) && appKinds[type]) || unknownKind
}
