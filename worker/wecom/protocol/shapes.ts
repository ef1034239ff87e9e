import { z } from 'zod'

/** A text of the wire; anything else, or one that is longer, counts as absent. */
const text = (maxLength: number) => z.string().max(maxLength).catch('')
const id = z.string().min(1).max(128)

export const accountList = z.object({
  account_list: z
    .array(z.object({ open_kfid: id, name: text(200), manage_privilege: z.boolean().catch(false) }))
    .max(1000)
    .catch([]),
})

export const createdAccount = z.object({ open_kfid: id })

export const contactWay = z.object({ url: z.string().min(1).max(2000) })

export const syncResponse = z.object({
  next_cursor: text(200),
  has_more: z.number().catch(0),
  msg_list: z.array(z.unknown()).max(10_000).catch([]),
})

export const serviceState = z.object({ service_state: z.number() })

export const sendResponse = z.object({ msgid: text(128) })

export const customerList = z.object({
  customer_list: z
    .array(z.object({ external_userid: id, nickname: text(200) }))
    .max(1000)
    .catch([]),
})

const part = z.looseObject({
  content: text(65_536),
  media_id: text(1000),
  title: text(500),
  url: text(4000),
  name: text(500),
  address: text(1000),
  head_content: text(4000),
  filename: text(500),
})

export const wireItem = z
  .looseObject({
    msgid: id,
    open_kfid: text(128),
    external_userid: text(128),
    send_time: z.number().catch(0),
    origin: z.number().catch(0),
    msgtype: z.string().min(1).max(64),
    event: z
      .object({
        event_type: z.string().max(64),
        open_kfid: text(128),
        external_userid: text(128),
        welcome_code: text(500),
        scene: text(200),
        scene_param: text(500),
        fail_msgid: text(128),
        fail_type: z.number().catch(0),
        change_type: z.number().catch(0),
      })
      .optional()
      .catch(undefined),
  })
  .transform((item) => ({
    ...item,
    /** What a message of its type says; null: nothing readable. */
    part: part.safeParse(item[item.msgtype]).data ?? null,
  }))
export type WireItem = z.output<typeof wireItem>
