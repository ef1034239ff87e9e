import { z } from 'zod'
import { decisionSources, replyOutcomes, silenceReasons } from '@/lib/db/types'
import { defineContract } from '@/lib/http/contract/contract'
import { nextCursor, pageSize, sequenceCursor } from '@/lib/http/contract/shapes'

const silenceWords = [
  '`off` 自动回复没有打开',
  '`no_match` 没有规则、回调或模型给出回复',
  '`person_cooldown` 刚回复过这个人',
  '`room_limit` 这个群一分钟内的回复已达上限',
  '`from_robot` 发消息的是另一个机器人',
  '`with_person` 会话等待人工或已分配',
  '`too_late` 消息到达太晚',
  '`not_sendable` 机器人离线，或不能再回复对方',
]
const sourceWords = [
  '`rule` 规则',
  '`callback` 回调的响应',
  '`model` 模型',
  '`keyword` 转人工关键词',
  '`no_reply` 没有任何回复',
]

const text = (description: string, example: string) => z.string().meta({ description, examples: [example] })
const optional = (description: string, example: string | null) =>
  z
    .string()
    .nullable()
    .meta({ description, examples: [example] })

const decisionShape = z
  .object({
    id: text('唯一标识', 'dec_7cTq2LmVx8RcYp0WbKzD3E'),
    robot_id: text('机器人唯一标识', 'rbt_3vJ8kQ2mXb7RwT5yZc1NpA'),
    room_id: optional('群ID；私聊为 null', null),
    to_user: text('群ID，或对方的标识', '@7d1f0c2a94be'),
    nickname: text('对方的昵称', '小林'),
    event: z
      .enum(['message', 'joined'])
      .meta({ description: '`message` 收到消息，`joined` 有人入群', examples: ['message'] }),
    message_id: optional('收到的消息；有人入群时为 null', 'msg_5uG1nRk8Wj3BfQx7TzLpY0'),
    text: text('收到的消息的开头；有人入群时为空', '运费多少'),
    outcome: z.enum(replyOutcomes).meta({
      description: '结果：`replied` 已回复、`handed_over` 已转人工、`silent` 没有回复',
      examples: ['replied'],
    }),
    silence: z
      .enum(silenceReasons)
      .nullable()
      .meta({ description: `没有回复的原因：${silenceWords.join('、')}；否则为 null`, examples: [null] }),
    source: z
      .enum(decisionSources)
      .nullable()
      .meta({
        description: `由什么回复或转人工：${sourceWords.join('、')}；没有回复，或由旧版本决定时为 null`,
        examples: ['rule'],
      }),
    rule_id: optional('生效的规则；没有或已删除为 null', 'rul_8dKq2LmVx8RcYp0WbKzD3E'),
    rule_name: optional('规则的名称', '运费'),
    reply_id: optional('回复的消息；没有发送，或已过期删除时为 null', 'msg_8wH2pTm4Yk6CgRz9VaNqX1'),
    reply: text('回复的开头；没有则为空', '满 99 元包邮。'),
    articles: z
      .array(z.object({ id: z.string(), title: z.string() }))
      .meta({ description: '模型引用的文章', examples: [[]] }),
    failure: text('模型没有回答的原因；否则为空', ''),
    created_at: z.iso.datetime().meta({ description: '事件的时间', examples: ['2026-11-21T08:00:00.000Z'] }),
    decided_at: z.iso
      .datetime()
      .nullable()
      .meta({ description: '决定的时间', examples: ['2026-11-21T08:00:00.120Z'] }),
  })
  .meta({ id: 'ReplyDecision', title: '自动回复的记录' })

// Postgres rejects NUL in text; with a replacement character the id is simply unknown.
const id = (description: string) =>
  z
    .string()
    .transform((value) => value.replaceAll('\0', '\ufffd'))
    .optional()
    .meta({ description })

/** Spec: F5 (API and command line). */
export const listReplyDecisions = defineContract({
  name: 'listReplyDecisions',
  dialect: 'v1',
  tag: '自动回复',
  method: 'GET',
  path: '/v1/reply-decisions',
  summary: '列出自动回复的记录',
  description:
    '每个事件由什么回复，或为什么没有回复，从新到旧；与消息一起过期删除。翻页时其他参数不变，带上 `cursor`。',
  parameters: z.object({
    robot_id: id('只列出这个机器人的记录'),
    rule_id: id('只列出这条规则回复或转人工的记录'),
    outcome: z
      .enum(replyOutcomes)
      .optional()
      .meta({ description: '只列出这种结果：`replied` 已回复，`handed_over` 已转人工，`silent` 没有回复' }),
    cursor: sequenceCursor,
    limit: pageSize,
  }),
  data: z.object({ decisions: z.array(decisionShape), next_cursor: nextCursor }),
  errors: ['ROBOT_NOT_FOUND', 'NOT_FOUND'],
})
