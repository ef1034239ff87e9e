import { z } from 'zod'
import { parseTimestamp } from '@/lib/parse-timestamp'
import { plainText } from '@/lib/plain-text'
import { defineContract } from '@/lib/http/contract/contract'

const maxIds = 1000

/** Extension: replay of callbacks. Spec: A12 (callbacks). */
export const replayCallbacks = defineContract({
  name: 'replayCallbacks',
  dialect: 'v1',
  tag: '回调',
  method: 'POST',
  path: '/v1/callbacks/replay',
  summary: '重发通知',
  description:
    '重新通知本应用：`ids` 指定的（不论是否送达过），以及 `since` 以来没有送达的（已放弃的、失败后等待重试的），至少给出一个。`webhook-id` 不变。' +
    '正在通知的、不属于本应用的不会重发，也不报错。',
  parameters: z.object({
    ids: z
      .array(plainText({ maxLength: 64 }))
      .refine((ids) => ids.length > 0 && ids.length <= maxIds, `要有 1 到 ${maxIds} 个`)
      .optional()
      .meta({ description: '通知标识，即 `webhook-id`，最多 1000 个', examples: [['evt_4mTq7YwB2nZx0VcR9LsGhE']] }),
    since: z.iso
      .datetime({ offset: true })
      .meta({ description: '从这个时间起没有送达的', examples: ['2026-11-21T08:00:00Z'] })
      .transform(parseTimestamp)
      .optional(),
    endpoint_id: plainText({ maxLength: 64 })
      .optional()
      .meta({
        description: '与 `since` 一起：只重发这个回调地址的；`default` 是应用自己的回调地址',
        examples: ['default'],
      }),
  }),
  data: z.object({
    count: z
      .number()
      .int()
      .meta({ description: '重发了多少条', examples: [1] }),
  }),
  errors: ['NOT_FOUND'],
})
