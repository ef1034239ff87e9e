import { z } from 'zod'

const text = (maxLength: number) => z.string().max(maxLength).catch('')
const id = z.string().min(1).max(128)

/** An employee or a customer in a group. */
const member = z.object({
  userid: id,
  /** 1: employee, 2: customer. */
  type: z.number().catch(0),
  name: text(200),
  group_nickname: text(200),
  /** What the join way carried by which the person joined. */
  state: text(64),
})

export const groupList = z.object({
  group_chat_list: z
    .array(z.object({ chat_id: id }))
    .max(1000)
    .catch([]),
  next_cursor: text(500),
})

export const groupDetail = z.object({
  group_chat: z.object({
    chat_id: id,
    name: text(200),
    owner: text(128),
    member_list: z.array(member).max(2000).catch([]),
  }),
})
export type GroupDetail = z.output<typeof groupDetail>['group_chat']

export const createdJoinWay = z.object({ config_id: id })

export const shownJoinWay = z.object({ join_way: z.object({ qr_code: z.string().min(1).max(2000) }) })
