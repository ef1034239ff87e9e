import { z } from 'zod'
import { identification } from '@/lib/db/schema/contact'
import { membershipState } from '@/lib/db/schema/membership'
import { memberDecisions } from '@/lib/membership/member-decisions'
import { plainText } from '@/lib/plain-text'
import { maxImportRows } from '@/lib/qun/import-limits'
import { defineContract } from '@/lib/http/contract/contract'
import { cursor, nextCursor, pageSize } from '@/lib/http/contract/shapes'

const stateWords = [
  '`requested` 好友申请还没有通过',
  '`known` 等待加入',
  '`invited` 已发出邀请',
  '`joined` 在群里',
  '`refused` 已拒绝',
  '`left` 已退出',
]
const identificationWords = [
  '`remark` 备注',
  '`nickname` 昵称，任何人都可以取',
  '`code` 群号代码',
  '`join_token` 入群令牌',
  '`join_qr` 官方二维码',
  '`operator` 人工确认',
]

const memberShape = z
  .object({
    id: z.string().meta({ description: '群里一个人的标识', examples: ['mbr_1pYc7JgXo5ZtMf3SaWkHd8'] }),
    nickname: z.string().meta({ description: '昵称', examples: ['黑旋风'] }),
    is_owner: z.boolean().meta({ description: '是否是群主', examples: [false] }),
    state: z
      .enum(membershipState.enumValues)
      .meta({ description: `状态：${stateWords.join('、')}`, examples: ['joined'] }),
    identified_by: z
      .enum(identification.enumValues)
      .nullable()
      .meta({ description: `怎样确认的：${identificationWords.join('、')}；null：没有记录`, examples: ['nickname'] }),
    error_msg: z.string().meta({ description: '最近一次没有成功的原因；没有时为空', examples: [''] }),
    joined_at: z.iso
      .datetime()
      .nullable()
      .meta({ description: '入群时间；还没有入群时为 null', examples: ['2026-11-21T08:00:00.000Z'] }),
    changed_at: z.iso.datetime().meta({ description: '状态改变的时间', examples: ['2026-11-21T08:00:00.000Z'] }),
  })
  .meta({ id: 'QunMember', title: '群里的人' })

const common = { dialect: 'v1', tag: '群', filtersRobots: true } as const

/** Spec: B9 (groups under /v1). */
export const listQunMembers = defineContract({
  ...common,
  name: 'listQunMembers',
  method: 'GET',
  path: '/v1/quns/{qun_id}/members',
  summary: '获取群里的人',
  description: '返回想入群、已入群和被拒绝的人，按标识排序。翻页时其他参数不变，带上 `cursor`。',
  parameters: z.object({
    state: z.enum(membershipState.enumValues).optional().meta({ description: '只列出这个状态的人' }),
    q: plainText({ maxLength: 100 }).optional().meta({ description: '昵称的一部分' }),
    cursor,
    limit: pageSize,
  }),
  data: z.object({ members: z.array(memberShape), next_cursor: nextCursor }),
  errors: ['NOT_FOUND'],
})

export const decideQunMember = defineContract({
  ...common,
  name: 'decideQunMember',
  method: 'POST',
  path: '/v1/quns/{qun_id}/members/{membership_id}/decision',
  summary: '确认群里的人',
  description:
    '只按昵称识别的人（`identified_by` 为 `nickname`）可能是同名的别人，由你确认。不需要确认的、要移除但还在微信群里的，返回 -1006。',
  parameters: z.object({
    decision: z.enum(memberDecisions).meta({
      description:
        '`yes` 是本人；`no` 不是，拒绝入群，还没有建好的群改等群主出示群号代码；`remove` 从名单里移除，以后可以再次请求',
      examples: ['yes'],
    }),
  }),
  data: z.object({ member: memberShape.nullable().meta({ description: '决定之后的状态；移除后为 null' }) }),
  errors: ['NOT_FOUND', 'ILLEGAL_ACTION'],
})

const rowShape = z.object({
  assistant: z.string().meta({ description: '助手微信帐号' }),
  owner: z.string().meta({ description: '群主昵称' }),
  code: z.string().meta({ description: '群号代码，base64 编码' }),
  name: z.string().default('').meta({ description: '群名；空：用默认的' }),
})
const index = z
  .number()
  .int()
  .meta({ description: '`rows` 里的第几行，从 0 起', examples: [0] })

export const importQuns = defineContract({
  ...common,
  name: 'importQuns',
  method: 'POST',
  path: '/v1/quns/import',
  summary: '批量新建群',
  description:
    '每行的检查与“新建群”相同；有一行不对，就一个也不建，`problems` 指出每一行的问题。群随后由助手建立，不等待。重复导入不会重复建群。',
  parameters: z.object({
    rows: z
      .array(rowShape)
      .refine((rows) => rows.length > 0 && rows.length <= maxImportRows, `要有 1 到 ${maxImportRows} 行`)
      .meta({
        description: `要建的群，最多 ${maxImportRows} 个`,
        examples: [[{ assistant: 'weimi1001', owner: '宋公明', code: 'MEU3RDZEOEZCNkMzfDg4ODg=', name: '' }]],
      }),
    dry_run: z
      .boolean()
      .default(false)
      .meta({ description: '只检查，不建群', examples: [true] }),
  }),
  data: z.object({
    imported: z.boolean().meta({ description: '是否已经请求建群', examples: [false] }),
    rows: z
      .array(
        z.object({
          index,
          created: z.boolean().meta({ description: '是否新建；false：群号代码相同的群已经存在', examples: [true] }),
        }),
      )
      .meta({ description: '没有问题的行' }),
    problems: z.array(
      z.object({
        index,
        parameter: z
          .enum(['assistant', 'owner', 'code', 'name'])
          .nullable()
          .meta({ description: '哪个值有问题；null：整行', examples: ['owner'] }),
        error_msg: z.string().meta({ description: '问题', examples: ['不能为空'] }),
      }),
    ),
  }),
  errors: [],
})
