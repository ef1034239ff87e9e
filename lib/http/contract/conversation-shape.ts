import { z } from 'zod'
import { conversationState } from '@/lib/db/schema/conversation'
import { handoverSources, serviceStates } from '@/lib/db/types'
import { messageShape } from '@/lib/http/contract/shapes'

const stateWords = [
  '`bot` 自动回复',
  '`waiting` 等待人工，不自动回复',
  '`assigned` 已分配给操作员，不自动回复',
  '`closed` 已解决，对方再发消息时回到 `bot`',
]

const sourceWords = [
  '`rule` 规则',
  '`callback` 回调的响应',
  '`model` 模型',
  '`keyword` 对方发送了关键词',
  '`no_reply` 没有任何回复',
  '`operator` 操作员',
  '`api` 接口',
  '`service` 在企业微信里被人接待',
]

/** Spec: F1 (conversation). */
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
    handover_reason: z
      .object({
        source: z.enum(handoverSources).meta({ description: sourceWords.join('、'), examples: ['keyword'] }),
        text: z.string().meta({ description: '说明，例如关键词或规则的名称；可以为空', examples: ['人工'] }),
      })
      .nullable()
      .meta({ description: '最近一次为什么请求人工；没有请求过则为 null' }),
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
    last_message: messageShape
      .pick({ direction: true, msg_type: true, state: true })
      .extend({ text: z.string().meta({ description: '内容的开头', examples: ['请问几点开门？'] }) })
      .nullable()
      .meta({ description: '最后一条消息；已过期删除则为 null' }),
  })
  .meta({ id: 'Conversation', title: '会话' })

/** A conversation with what only a look at its messages shows. */
export const conversationDetailShape = conversationShape
  .extend({
    reply_window: z
      .object({
        hours: z
          .number()
          .int()
          .meta({ description: '对方发来消息后，多少小时内可以回复', examples: [48] }),
        count: z
          .number()
          .int()
          .meta({ description: '期间最多回复多少条', examples: [5] }),
        closes_at: z.iso
          .datetime()
          .nullable()
          .meta({ description: '何时截止；对方还没有发过消息时为 null', examples: ['2026-11-23T08:00:00.000Z'] }),
        left: z
          .number()
          .int()
          .meta({ description: '还可以回复多少条', examples: [4] }),
      })
      .nullable()
      .meta({ description: '回复的时限；群，以及没有时限的连接方式为 null', examples: [null] }),
  })
  .meta({ id: 'ConversationDetail', title: '会话及回复的时限' })

export const conversationNoteShape = z
  .object({
    text: z.string().meta({ description: '备注', examples: ['老客户，已退款'] }),
    operator: z
      .string()
      .nullable()
      .meta({ description: '写备注的操作员的邮箱；接口写的，或操作员已删除时为 null', examples: [null] }),
    created_at: z.iso.datetime().meta({ description: '时间', examples: ['2026-11-21T08:00:00.000Z'] }),
  })
  .meta({ id: 'ConversationNote', title: '会话的备注' })
