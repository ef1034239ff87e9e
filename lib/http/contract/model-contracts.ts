import { z } from 'zod'
import { defineContract } from '@/lib/http/contract/contract'
import { plainText } from '@/lib/plain-text'

const text = (description: string, example: string) => z.string().meta({ description, examples: [example] })

/** Spec: F5 (API and command line). */
export const askModel = defineContract({
  name: 'askModel',
  dialect: 'v1',
  tag: '自动回复',
  method: 'POST',
  path: '/v1/model/question',
  summary: '向模型提问',
  description: '像顾客一样提一个问题，返回模型的回答和用到的文章。不发送消息，也不转人工；token 计入每月上限。',
  parameters: z.object({
    question: plainText({ maxLength: 2000, isMultiline: true }).meta({ description: '问题', examples: ['怎么退货？'] }),
  }),
  data: z.object({
    outcome: z.enum(['answered', 'handover', 'failed']).meta({
      description: '`answered` 回答了、`handover` 不知道，会转人工、`failed` 没有回答',
      examples: ['answered'],
    }),
    answer: text('回答；没有则为空', '七天内可以退货。'),
    failure: text('没有回答的原因；否则为空', ''),
    articles: z
      .array(
        z.object({
          id: text('文章唯一标识', 'art_2hTq2LmVx8RcYp0WbKzD3E'),
          title: text('标题', '怎么退货'),
          cited: z.boolean().meta({ description: '回答是否引用了它', examples: [true] }),
        }),
      )
      .meta({ description: '交给模型的文章，最相关的在前' }),
    token_count: z
      .number()
      .int()
      .meta({ description: '用了多少 token', examples: [320] }),
    cost: z
      .number()
      .nullable()
      .meta({ description: '这次提问的费用，最多 6 位小数；没有设置单价时为 null', examples: [0.00096] }),
    currency: text('费用的货币，ISO 4217 代码', 'CNY'),
    embedding_failure: text('为什么只按文字查找文章；否则为空', ''),
  }),
  errors: ['ILLEGAL_ACTION'],
})
