import { z } from 'zod'
import { defineContract } from '@/lib/http/contract/contract'
import { metricRanges } from '@/lib/metrics/range'
import { timeZone } from '@/lib/metrics/time-zone'

const common = { dialect: 'v1', tag: '会话' } as const

const figureCount = (description: string) =>
  z
    .number()
    .int()
    .meta({ description, examples: [3] })
const figureMs = (description: string) =>
  z
    .number()
    .nullable()
    .meta({ description: `${description}，毫秒；没有时为 null`, examples: [42_000] })

const figuresShape = z.object({
  operator_count: figureCount('由操作员回复的会话数；一个会话只计一次，先计操作员，再计模型、回调、规则'),
  model_count: figureCount('由模型回复的会话数'),
  callback_count: figureCount('由回调的响应回复的会话数'),
  rule_count: figureCount('由规则回复的会话数'),
  request_count: figureCount('请求人工的次数'),
  resolved_count: figureCount('已解决的会话数'),
  typical_wait_ms: figureMs('从请求人工到分配给操作员（或到现在）的时间，一半在此之内'),
  slow_wait_ms: figureMs('从请求人工到分配给操作员（或到现在）的时间，95% 在此之内'),
  typical_response_ms: figureMs('从请求人工到操作员首次回复的时间，一半在此之内'),
  slow_response_ms: figureMs('从请求人工到操作员首次回复的时间，95% 在此之内'),
})

/** Spec: F5 (API and command line). */
export const showConversationFigures = defineContract({
  ...common,
  name: 'getConversationFigures',
  method: 'GET',
  path: '/v1/conversations/figures',
  summary: '获取会话统计',
  description: '返回由谁处理了会话、等待人工和首次回复的时间，按分钟（`1h`）、小时（`24h`）或天（`7d`），从旧到新。',
  parameters: z.object({
    range: z.enum(metricRanges).default('24h').meta({ description: '时间范围' }),
    time_zone: timeZone.default('Asia/Shanghai').meta({ description: '划分小时和天的时区' }),
  }),
  data: z.object({
    total: figuresShape.meta({ description: '整个时间范围' }),
    points: z.array(
      figuresShape.extend({
        starts_at: z.iso.datetime().meta({ description: '从何时开始', examples: ['2026-11-21T08:00:00.000Z'] }),
      }),
    ),
  }),
  errors: [],
})
