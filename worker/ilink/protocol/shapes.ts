import { z } from 'zod'

/** A string of the response; a longer one or another type counts as empty. */
const text = (maxLength: number) => z.string().max(maxLength).catch('')
const id = z.union([z.string(), z.number().transform(String)]).pipe(z.string().min(1).max(64))

export const codeResponse = z.object({
  qrcode: z.string().min(1).max(1000),
  qrcode_img_content: z.string().min(1).max(2000),
})

export const codeStatus = z.object({
  status: z.string().max(64),
  bot_token: text(4000),
  ilink_bot_id: text(200),
  ilink_user_id: text(200),
  baseurl: text(500),
  redirect_host: text(300),
})
export type CodeStatus = z.output<typeof codeStatus>

export const updatesResponse = z.object({
  msgs: z.array(z.unknown()).max(10_000).catch([]),
  get_updates_buf: text(100_000),
  longpolling_timeout_ms: z.number().catch(0),
})

const media = z
  .object({ encrypt_query_param: text(8000), aes_key: text(200), full_url: text(8000) })
  .catch({ encrypt_query_param: '', aes_key: '', full_url: '' })

const item = z.object({
  type: z.number(),
  text_item: z.object({ text: z.string() }).optional().catch(undefined),
  image_item: z
    .object({ media, aeskey: text(200) })
    .optional()
    .catch(undefined),
  voice_item: z
    .object({ media, text: z.string().catch('') })
    .optional()
    .catch(undefined),
  file_item: z
    .object({ media, file_name: text(4000) })
    .optional()
    .catch(undefined),
  video_item: z.object({ media }).optional().catch(undefined),
})
export type WireItem = z.output<typeof item>

/** A message; fields that identify it are required, unreadable items are omitted. */
export const wireMessage = z.object({
  message_id: id,
  seq: z.number().catch(0),
  from_user_id: z.string().min(1).max(200),
  message_type: z.number(),
  group_id: text(200),
  context_token: text(8000),
  item_list: z
    .array(z.unknown())
    .catch([])
    .transform((items) => items.slice(0, 100).flatMap((one) => item.safeParse(one).data ?? [])),
})
export type WireMessage = z.output<typeof wireMessage>

export const sendResponse = z.object({ message_id: id.optional().catch(undefined) })

export const uploadOrder = z.object({ upload_full_url: text(8000), upload_param: text(8000) })
