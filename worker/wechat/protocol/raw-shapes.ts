import { z } from 'zod'
import { cutText } from '@/worker/wechat/protocol/decode-text'

// Each field has a limit in UTF-16 units as sent: longer texts are cut, longer names that are keys are dropped.

/** Maximum length of a name as sent; WeChat sends one emoji as up to 70 characters. */
const maxNameLength = 4_000
/** Maximum length of a message's text or XML. WeChat accepts texts up to 16 KB; XML with a chat history may be longer and is cut. */
const maxContentLength = 64 * 1024
/** Maximum length of an address, ticket or id that we only pass back to WeChat. */
const maxTokenLength = 4_000
/** Maximum members in one list; a room has up to 500. */
const maxMembers = 2_000
/** Maximum contacts and rooms in one response; the rest is dropped. An account has up to 10,000 contacts. */
const maxContacts = 20_000

function text(maxLength: number) {
  return z
    .union([z.string(), z.number().transform(String)])
    .catch('')
    .transform((value) => cutText(value, maxLength))
}
const name = text(maxNameLength)
const content = text(maxContentLength)
const token = z.union([z.string().max(maxTokenLength), z.number().transform(String)]).catch('')
const number = z.coerce.number().catch(0)
/** A number of people, limited to what its column can store. */
const count = z.coerce.number().int().min(0).max(100_000).catch(0)
const username = z.string().min(1).max(200)
/** Sender or receiver of a message; empty if malformed. */
const end = z.string().max(200).catch('')

/** A list of foreign values: drops items that do not match the shape; empty if it is not an array. */
function listOf<T extends z.ZodType>(shape: T, maxLength = Number.POSITIVE_INFINITY) {
  return z
    .array(z.unknown())
    .catch([])
    .transform((items) =>
      items.slice(0, maxLength).flatMap((item): z.output<T>[] => {
        const parsed = shape.safeParse(item)
        return parsed.success ? [parsed.data] : []
      }),
    )
}

const member = z.object({ UserName: username, NickName: name, DisplayName: name })

/** A person or a room as WeChat lists it; a room's members come only with its details. */
export const rawContact = z.object({
  UserName: username,
  NickName: name,
  RemarkName: name,
  /** 微信号, if the web client shows it. */
  Alias: name,
  HeadImgUrl: token,
  /** Bit 1 = in the address book. */
  ContactFlag: number,
  MemberCount: count,
  MemberList: listOf(member, maxMembers),
  EncryChatRoomId: token,
  /** The room owner's `@…`, and whether that is this account; both may be empty. */
  ChatRoomOwner: end,
  IsOwner: number,
})
export type RawContact = z.output<typeof rawContact>

/** A message of `webwxsync`. `NewMsgId` is not used, because JSON rounds it. */
export const rawMessage = z.object({
  MsgId: z.union([z.string().min(1).max(64), z.number().transform(String)]),
  FromUserName: end,
  ToUserName: end,
  MsgType: number,
  SubMsgType: number,
  AppMsgType: number,
  Content: content,
  /** XML of a location whose `Content` is its address. */
  OriContent: content,
  /** The title of a link or a file; for a reply, the typed text. */
  FileName: content,
  MediaId: token,
  StatusNotifyCode: number,
  /** Has the same limit as the `Content` that it is paired with. */
  StatusNotifyUserName: content,
  RecommendInfo: z
    .object({ NickName: name, UserName: end, Content: name, Ticket: token })
    .catch({ NickName: '', UserName: '', Content: '', Ticket: '' }),
})
export type RawMessage = z.output<typeof rawMessage>

export const syncResponse = z.object({
  AddMsgList: listOf(rawMessage),
  ModContactList: listOf(rawContact, maxContacts),
  DelContactList: listOf(z.object({ UserName: username }), maxContacts),
  ContinueFlag: number,
})
export type SyncResponse = z.output<typeof syncResponse>

export const initResponse = z.object({ ContactList: listOf(rawContact, maxContacts) })
export const contactPage = z.object({ MemberList: listOf(rawContact, maxContacts), Seq: number })
export const contactList = listOf(rawContact, maxContacts)
