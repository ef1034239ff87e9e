import { z } from 'zod'
import { readInteger, readSmallInteger, readText } from '@/lib/gateway/read-values'
import { cutText, maxNameLength } from '@/worker/wechat/protocol/decode-text'

const text = z.unknown().optional().transform(readText)
const name = text.transform((value) => cutText(value.replace(/\s+/g, ' ').trim(), maxNameLength))
const id = text.transform((value) => value.slice(0, 200))
const list = <Item extends z.ZodType>(item: Item, max: number) =>
  z
    .array(z.unknown())
    .catch([])
    .transform((items) => items.slice(0, max).flatMap((one) => item.safeParse(one).data ?? []))
const requiredId = id.refine((value) => value !== '')

/** What a QR code can hold: an address. */
const isCodeContent = (value: string) => /^[\x21-\x7E]{1,2000}$/.test(value)
export const loginCode = z.object({ appId: requiredId, uuid: requiredId, qrData: text.refine(isCodeContent) })

const account = z.object({ wxid: requiredId, nickName: name })
/** `status` 1: scanned, 2: logged in, 4: cancelled on the phone. `url`: a face or slider check, to be shown as a code. */
export const loginState = z.object({
  status: z
    .unknown()
    .optional()
    .transform((value) => (value === undefined ? 0 : readSmallInteger(value))),
  url: text.refine((value) => value === '' || isCodeContent(value)),
  loginInfo: account.nullish().catch(null),
})

export const contactsList = z.object({ friends: list(requiredId, 20_000), chatrooms: list(requiredId, 5_000) })

const brief = z.object({ userName: requiredId, nickName: name, remark: name })
export const briefInfos = list(brief, 200)

const member = z.object({ wxid: requiredId, nickName: name, displayName: name })
export const roomInfo = z.object({ nickName: name, chatRoomOwner: id, memberList: list(member, 600) })

/** Maximum length of a picture in base64, 1 MiB. */
const maxPictureLength = 1_400_000
export const roomQr = z.object({
  qrBase64: text
    .transform((value) => value.replace(/^data:[^,]{1,100},/, ''))
    .refine((value) => value.length < maxPictureLength && /^[\w+/=\s-]+$/.test(value)),
})

export const madeRoom = z.object({ chatroomId: id.refine((value) => value.endsWith('@chatroom')) })
export const sent = z.object({ newMsgId: z.unknown().optional().transform(readInteger) }).catch({ newMsgId: '' })
export const fileLink = z.object({ fileUrl: z.url().max(4_000) })
