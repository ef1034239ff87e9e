import { z } from 'zod'

const text = z.union([z.string(), z.number().transform(String)]).catch('')
const number = z.coerce.number().catch(0)
const username = z.string().min(1).max(200)

/** A list of foreign things: those that are not of the shape are left out, anything but an array is empty. */
function listOf<T extends z.ZodType>(shape: T) {
  return z
    .array(z.unknown())
    .catch([])
    .transform((items) =>
      items.flatMap((item): z.output<T>[] => {
        const parsed = shape.safeParse(item)
        return parsed.success ? [parsed.data] : []
      }),
    )
}

const member = z.object({ UserName: username, NickName: text, DisplayName: text })

/** A person or a room as WeChat lists it; a room without members has not been asked for in detail. */
export const rawContact = z.object({
  UserName: username,
  NickName: text,
  RemarkName: text,
  /** 微信号, where the web shows it. */
  Alias: text,
  HeadImgUrl: text,
  /** Bit 1 = in the address book. */
  ContactFlag: number,
  MemberCount: number,
  MemberList: listOf(member),
  EncryChatRoomId: text,
})
export type RawContact = z.output<typeof rawContact>

/** A message as `webwxsync` gives it. `NewMsgId` is not used: JSON rounds it. */
export const rawMessage = z.object({
  MsgId: z.union([z.string().min(1).max(64), z.number().transform(String)]),
  FromUserName: text,
  ToUserName: text,
  MsgType: number,
  SubMsgType: number,
  AppMsgType: number,
  Content: text,
  FileName: text,
  MediaId: text,
  StatusNotifyCode: number,
  StatusNotifyUserName: text,
  RecommendInfo: z
    .object({ NickName: text, UserName: text, Content: text, Ticket: text })
    .catch({ NickName: '', UserName: '', Content: '', Ticket: '' }),
})
export type RawMessage = z.output<typeof rawMessage>

export const syncAnswer = z.object({
  AddMsgList: listOf(rawMessage),
  ModContactList: listOf(rawContact),
  DelContactList: listOf(z.object({ UserName: username })),
  ContinueFlag: number,
})
export type SyncAnswer = z.output<typeof syncAnswer>

export const initAnswer = z.object({ ContactList: listOf(rawContact) })
export const contactPage = z.object({ MemberList: listOf(rawContact), Seq: number })
export const contactList = listOf(rawContact)
