import { z } from 'zod'
import { conversationState } from '@/lib/db/schema/conversation'
import { serviceStates } from '@/lib/db/types'

const stateWords = [
  '`bot` 自动回复',
  '`waiting` 等待人工，不自动回复',
  '`assigned` 已分配给操作员，不自动回复',
  '`closed` 已解决，对方再发消息时回到 `bot`',
]

/** Spec: F1 (conversations). */
export const conversationShape = z
  .object({
    id: z.string().meta({ description: '会话唯一标识', examples: ['cnv_5hTq2LmVx8RcYp0WbKzD3E'] }),
    robot_id: z.string().meta({ description: '机器人唯一标识', examples: ['rbt_3vJ8kQ2mXb7RwT5yZc1NpA'] }),
    room_id: z
      .string()
      .nullable()
      .meta({ description: '群ID；私聊为 null', examples: [null] }),
    to_user: z.string().meta({ description: '对方的标识，可用于发送消息', examples: ['@7d1f0c2a94be'] }),
    nickname: z.string().meta({ description: '对方的昵称，或群名称', examples: ['小林'] }),
    state: z
      .enum(conversationState.enumValues)
      .meta({ description: `状态：${stateWords.join('、')}`, examples: ['waiting'] }),
    operator: z
      .string()
      .nullable()
      .meta({ description: '会话分配给的操作员的邮箱', examples: [null] }),
    unread: z
      .number()
      .int()
      .meta({ description: '操作员没有读过的消息数', examples: [2] }),
    waiting_since: z.iso
      .datetime()
      .nullable()
      .meta({ description: '从何时开始等待人工', examples: ['2026-11-21T08:00:00.000Z'] }),
    handover_problem: z
      .string()
      .nullable()
      .meta({
        description: '企业微信没有接受转人工的原因，会话等待分配给操作员；没有则为 null',
        examples: [null],
      }),
    service_state: z
      .enum(serviceStates)
      .nullable()
      .meta({
        description:
          '企业微信里谁在接待：queue 在待接入池排队，employee 由员工接待，ended 已结束；这时不能发送。null：由机器人接待',
        examples: [null],
      }),
    last_message_at: z.iso
      .datetime()
      .meta({ description: '最后一条消息的时间', examples: ['2026-11-21T08:00:00.000Z'] }),
  })
  .meta({ id: 'Conversation', title: '会话' })
