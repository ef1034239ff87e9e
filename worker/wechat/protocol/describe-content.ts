import { cutText, decodeName, decodeText } from '@/worker/wechat/protocol/decode-text'
import { appKindOf, messageKindOf, replyKind } from '@/worker/wechat/protocol/message-kinds'
import type { RawMessage } from '@/worker/wechat/protocol/raw-shapes'
import { readXml, type XmlReading } from '@/worker/wechat/protocol/read-xml'

/** Maximum length of the quote below a reply, in UTF-16 units. */
const maxQuoteLength = 200
const app = 49

type Described = Pick<RawMessage, 'FileName' | 'RecommendInfo' | 'OriContent'> & {
  MsgType: number
  AppMsgType: number
  /** `Content` without the sender, not decoded. */
  words: string
}

/** Describes a message that is not plain text: a placeholder for its kind, followed by its title, name or address. */
export function describeContent(message: Described): string {
  const xml = readXml(decodeText(message.words))
  if (message.MsgType !== app) return describeMessage(message, xml)
  return describeApp(message.AppMsgType, xml, decodeText(message.FileName) || xml.textOf('msg/appmsg/title'))
}

/** Describes a message whose XML is complete, as other wires than the web protocol send it. */
export function describeXml({ msgType, appType, xml }: { msgType: number; appType: number; xml: XmlReading }): string {
  if (msgType === app) return describeApp(appType, xml, xml.textOf('msg/appmsg/title'))
  const { placeholder, detail = 'none' } = messageKindOf(msgType)
  if (detail === 'name') return join(placeholder, toLine(xml.attributeOf('msg', 'nickname')))
  return detail === 'address' ? join(placeholder, addressOf(xml)) : placeholder
}

/** Describes a location that is sent as a text, in which the address precedes the link of the map. */
export function describeLocation({ words, OriContent }: Pick<Described, 'words' | 'OriContent'>): string {
  const lines = decodeText(words).split('\n')
  const address = lines
    .filter((line) => !line.startsWith('/cgi-bin/'))
    .join(' ')
    .trim()
    .replace(/:$/, '')
  return join(messageKindOf(48).placeholder, toLine(address) || addressOf(readXml(decodeText(OriContent))))
}

function describeMessage({ MsgType, RecommendInfo, OriContent }: Described, xml: XmlReading): string {
  const { placeholder, detail = 'none' } = messageKindOf(MsgType)
  if (detail === 'name')
    return join(placeholder, decodeName(RecommendInfo.NickName) || toLine(xml.attributeOf('msg', 'nickname')))
  if (detail === 'address') return join(placeholder, addressOf(xml) || addressOf(readXml(decodeText(OriContent))))
  return placeholder
}

function describeApp(type: number, xml: XmlReading, title: string): string {
  if (type === replyKind) return [title.trim(), describeQuote(xml)].filter(Boolean).join('\n') || '[引用]'
  const { placeholder, detail } = appKindOf(type)
  if (detail === 'none' || isUpgradeNotice(title)) return placeholder
  if (detail === 'whole_title') return join(placeholder, title)
  if (detail === 'announcement') return join(placeholder, xml.textOf('msg/appmsg/textannouncement') || toLine(title))
  return join(placeholder, toLine(title))
}

/** Returns the last line of a reply, with the sender and text of the quoted message. Empty: nothing is quoted. */
function describeQuote(xml: XmlReading): string {
  const quoted = (name: string) => xml.textOf(`msg/appmsg/refermsg/${name}`)
  const words = toLine(wordsOfQuoted(Number(quoted('type')), quoted('content')))
  if (!words) return ''
  const shown = words.length > maxQuoteLength ? `${cutText(words, maxQuoteLength)}…` : words
  return join('[引用]', [toLine(quoted('displayname')), shown].filter(Boolean).join('：'))
}

function wordsOfQuoted(type: number, content: string): string {
  // In a room the sender's raw id may come first (assumed).
  const text = content.replace(/^[\w@-]{3,64}:\n/, '')
  if (type === 1 || !type) return text
  if (type !== app) return messageKindOf(type).placeholder
  const xml = readXml(text)
  const title = xml.textOf('msg/appmsg/title')
  const appType = Number(xml.textOf('msg/appmsg/type'))
  return appType === replyKind ? title : describeApp(appType, xml, title)
}

function addressOf(xml: XmlReading): string {
  const part = (name: string) => toLine(xml.attributeOf('msg/location', name)).trim()
  const [label, place] = [part('label'), part('poiname')]
  return place && !label.includes(place) ? `${label} ${place}`.trim() : label
}

/** Returns whether a title is WeChat's notice that the web client cannot show the message. */
function isUpgradeNotice(title: string): boolean {
  return /^\s{0,9}(?:当前(?:微信)?版本(?:暂)?不支持|(?:this|your|the)? ?current (?:wechat )?version)/i.test(title)
}

/** Returns a decoded text on one line, cut to a maximum length. */
function toLine(text: string): string {
  return cutText(text.split(/\s+/).join(' ').trim(), 2 * maxQuoteLength)
}

function join(placeholder: string, detail: string): string {
  return detail ? `${placeholder} ${detail.trim()}` : placeholder
}
