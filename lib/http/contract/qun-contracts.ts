import { z } from 'zod'
import { parseTimestamp } from '@/lib/parse-timestamp'
import { plainText } from '@/lib/plain-text'
import { maxJoinTokenUses, qunName, qunRequest } from '@/lib/qun/qun-fields'
import { qunStatuses } from '@/lib/qun/qun-view'
import { defineContract } from '@/lib/http/contract/contract'
import { qunStatus } from '@/lib/http/contract/qun-shapes'
import { noParameters } from '@/lib/http/contract/robot-contracts'
import { cursor, nextCursor, pageSize } from '@/lib/http/contract/shapes'

const wholeNumber = (description: string, example: number) =>
  z
    .number()
    .int()
    .meta({ description, examples: [example] })

const qunShape = z
  .object({
    id: z.string().meta({ description: '群的标识', examples: ['qun_6wRb0TnEe9KyDs4VhUpLq1'] }),
    number: z.string().meta({ description: '15 位群号', examples: ['100111222333444'] }),
    name: z.string().meta({ description: '群名', examples: ['春日茶友会'] }),
    status: qunStatus,
    owner: z.string().meta({ description: '群主昵称', examples: ['宋公明'] }),
    assistant: z.string().meta({ description: '助手微信帐号', examples: ['weimi1001'] }),
    robot_id: z.string().meta({ description: '助手的机器人标识', examples: ['rbt_3vJ8kQ2mXb7RwT5yZc1NpA'] }),
    room_id: z
      .string()
      .nullable()
      .meta({ description: '微信群唯一标识；还没有建好时为 null', examples: ['room_9sLw4HcE0aVtYq6UoXzKd2'] }),
    member_count: wholeNumber('群员人数', 37),
    customer_group: z.boolean().meta({ description: '是否是企业微信的客户群', examples: [false] }),
    url: z.string().meta({ description: '入群链接', examples: ['https://wxbot.example/weiqun/MTAwMTExMjIyMzMzNDQ0'] }),
    error_msg: z.string().meta({ description: '最近一次没有成功的原因；没有时为空', examples: [''] }),
    created_at: z.iso.datetime().meta({ description: '请求建群的时间', examples: ['2026-11-21T08:00:00.000Z'] }),
  })
  .meta({ id: 'Qun', title: '群' })

const joinTokenShape = z
  .object({
    token: z.string().meta({ description: '入群令牌', examples: ['NTkxNjkwNzE4RDY2'] }),
    valid: z.boolean().meta({ description: '是否还能用：没有过期，也没有用完', examples: [true] }),
    expires_at: z.iso
      .datetime()
      .nullable()
      .meta({ description: '过期时间；null：不过期', examples: [null] }),
    max_uses: z
      .number()
      .int()
      .nullable()
      .meta({ description: '最多让多少人入群；null：不限', examples: [null] }),
    use_count: wholeNumber('已有多少人用过', 36),
  })
  .meta({ id: 'JoinToken', title: '入群令牌' })

const stepWords = {
  reopen: '重新打开',
  resume: '恢复加人',
  make_another: '群已满，用新的群号代码再建一个',
  add_pool_group: '给连接器的群池加客户群',
  log_in: '让助手登录',
  add_starters: '给助手添加建群好友',
  find_starters: '助手的通讯录里没有建群好友，检查名字',
  send_owner_link: '把群主的链接发给群主',
  wait_for_room: '正在建群，等待',
  share_link: '把入群链接发给顾客',
} as const
export type WireNextStep = keyof typeof stepWords
const stepList = Object.entries(stepWords).map(([step, words]) => `\`${step}\` ${words}`)

const qunDetailShape = qunShape
  .extend({
    next_step: z
      .enum(Object.keys(stepWords) as [WireNextStep, ...WireNextStep[]])
      .meta({ description: `下一步该做什么：${stepList.join('、')}`, examples: ['share_link'] }),
    join_token: joinTokenShape.nullable().meta({ description: '现在的入群令牌' }),
    opened_count: wholeNumber('打开过入群页的人数', 60),
    added_count: wholeNumber('加了助手的人数，不含群主', 40),
    joined_count: wholeNumber('入过群的人数，不含群主', 36),
  })
  .meta({ id: 'QunDetail', title: '群的详情' })

const common = { dialect: 'v1', tag: '群', filtersRobots: true } as const

/** Spec: B9 (groups under /v1). */
export const listQuns = defineContract({
  ...common,
  name: 'listQuns',
  method: 'GET',
  path: '/v1/quns',
  summary: '获取群列表',
  description:
    '返回本应用的助手的群，按标识排序。翻页时其他参数不变，带上 `cursor`；翻页期间新建群，不影响其他群的位置。限定了机器人的令牌只列出这些助手的群。',
  parameters: z.object({
    status: z.enum(qunStatuses).optional().meta({ description: '只列出这个状态的群' }),
    robot_id: plainText({ maxLength: 64 }).optional().meta({ description: '只列出这个助手的群' }),
    q: plainText({ maxLength: 100 })
      .optional()
      .meta({ description: '群号、群名、群主或助手名字的一部分，或完整的标识' }),
    cursor,
    limit: pageSize,
  }),
  data: z.object({ quns: z.array(qunShape), next_cursor: nextCursor }),
  errors: ['ROBOT_NOT_FOUND'],
})

export const createQun = defineContract({
  ...common,
  name: 'createQun',
  method: 'POST',
  path: '/v1/quns',
  summary: '新建群',
  description:
    '与“请求建群”相同的检查和规则，助手须是本应用的机器人。群号代码相同的群已经存在时返回它（`created` 为 false），所以自己给出 `code` 的请求可以放心重复；没有给出 `code` 的，每次都是新的群。助手在线且认出群主时最多等待 20 秒；还没有建好时，`next_step` 说明在等什么，微信拒绝的原因在 `error_msg`，助手会再试。',
  parameters: z.object({
    assistant: qunRequest.assistant.meta({ description: '助手微信帐号', examples: ['weimi1001'] }),
    owner: qunRequest.owner.meta({ description: '群主昵称', examples: ['宋公明'] }),
    code: qunRequest.code
      .meta({
        description: '群号代码，base64 编码；不填则随机生成',
        examples: ['MEU3RDZEOEZCNkMzfDg4ODg='],
      })
      .optional(),
    name: qunName.meta({ description: '群名，最多 32 个字符；不填则用默认的', examples: ['春日茶友会'] }).optional(),
  }),
  data: z.object({
    qun: qunDetailShape,
    created: z.boolean().meta({ description: '是否新建；false：已经存在', examples: [true] }),
    code: z.string().meta({ description: '群号代码，base64 编码', examples: ['MEU3RDZEOEZCNkMzfDg4ODg='] }),
    owner_url: z.string().meta({
      description: '群主的链接，建群之前显示群号代码；只发给群主',
      examples: ['https://wxbot.example/weiqun/MTAwMTExMjIyMzMzNDQ0?key=4kTzWq0XyB2nLr8HvJs6Ma'],
    }),
  }),
  errors: ['ASSISTANT_NOT_FOUND', 'ASSISTANT_NOT_READY', 'CODE_TAKEN'],
})

export const showQun = defineContract({
  ...common,
  name: 'getQun',
  method: 'GET',
  path: '/v1/quns/{qun_id}',
  summary: '查询群',
  description: '返回群的状态、下一步、人数和现在的入群令牌。',
  parameters: noParameters,
  data: z.object({ qun: qunDetailShape }),
  errors: ['NOT_FOUND'],
})

export const updateQun = defineContract({
  ...common,
  name: 'updateQun',
  method: 'POST',
  path: '/v1/quns/{qun_id}',
  summary: '修改群',
  description:
    '没有给出的字段不变；有一项不能改，就一项也不改。微信里的群名随后更改，客户群只能在企业微信里改名。关闭会拒绝还没有入群的人，微信里的群保留。',
  parameters: z.object({
    name: qunName
      .meta({ description: '群名，最多 32 个字符；同一助手的群不能重名', examples: ['春日茶友会'] })
      .optional(),
    paused: z
      .boolean()
      .meta({ description: '是否暂停加人；暂停时想入群的人排队', examples: [false] })
      .optional(),
    closed: z
      .boolean()
      .meta({ description: '是否关闭', examples: [false] })
      .optional(),
    room_id: plainText({ maxLength: 64 })
      .meta({
        description: '把还没有建好的群关联到助手已有的这个微信群；已经建好的返回 -1006',
        examples: ['room_9sLw4HcE0aVtYq6UoXzKd2'],
      })
      .optional(),
  }),
  data: z.object({ qun: qunDetailShape }),
  errors: ['NOT_FOUND', 'ILLEGAL_ACTION'],
})

export const renewJoinToken = defineContract({
  ...common,
  name: 'renewJoinToken',
  method: 'POST',
  path: '/v1/quns/{qun_id}/join-token',
  summary: '更换入群令牌',
  description: '返回新的入群令牌；原来的立即失效，已经入群的人不受影响。',
  parameters: z.object({
    expires_at: z.iso
      .datetime({ offset: true })
      // Not transformed, because a transformed value has no sample in the reference.
      .refine((text) => parseTimestamp(text).getTime() > Date.now(), '须晚于现在')
      .nullable()
      .default(null)
      .meta({ description: '过期时间；null：不过期', examples: ['2099-12-31T00:00:00+08:00'] }),
    max_uses: z
      .number()
      .int()
      .min(1)
      .max(maxJoinTokenUses)
      .nullable()
      .default(null)
      .meta({ description: '最多让多少人入群；null：不限', examples: [100] }),
  }),
  data: z.object({ join_token: joinTokenShape }),
  errors: ['NOT_FOUND'],
})
