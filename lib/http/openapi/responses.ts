import { z } from 'zod'
import type { ZodOpenApiResponsesObject } from 'zod-openapi'
import type { ErrorCode } from '@/lib/error-codes'
import { type Contract, errorsOf } from '@/lib/http/contract/contract'
import { exceptionalCodes, httpStatuses, retCodes } from '@/lib/http/robots-wire-codes'
import { describeCodes, nameOfCode } from '@/lib/http/openapi/documented-codes'

const requestIdHeader = {
  'X-Request-Id': { description: '请求标识，反馈问题时请提供', schema: { type: 'string' as const } },
}
const retryHeader = { 'Retry-After': { description: '多少秒后再试', schema: { type: 'integer' as const } } }

const statusTitles: Record<number, string> = {
  200: '请求已处理，`retCode` 说明结果',
  202: '已接受',
  400: '参数错误',
  401: '访问令牌缺失或无效',
  403: '访问令牌没有权限',
  404: '不存在',
  409: '机器人的状态不允许',
  413: '请求正文超过 1 MiB',
  429: '太频繁',
  500: '系统内部错误',
}

/** Returns all responses of a call by HTTP status. Spec: A2 (HTTP status and envelope). */
export function responsesOf(contract: Contract): ZodOpenApiResponsesObject {
  const byStatus = new Map<number, z.ZodType[]>([[contract.status ?? 200, [successOf(contract)]]])
  for (const [status, codes] of groupByStatus(contract))
    byStatus.set(status, [...(byStatus.get(status) ?? []), errorOf(codes)])
  const entries = [...byStatus].map(([status, schemas]) => {
    const [only, ...others] = schemas
    const schema = only && others.length === 0 ? only : z.union(schemas)
    const headers = status === 429 ? { ...requestIdHeader, ...retryHeader } : requestIdHeader
    const description = statusTitles[status] ?? '失败'
    return [String(status), { description, headers, content: { 'application/json': { schema } } }] as const
  })
  return Object.fromEntries(entries)
}

function groupByStatus(contract: Contract): Map<number, ErrorCode[]> {
  const groups = new Map<number, ErrorCode[]>()
  for (const code of errorsOf(contract)) {
    const isAlways200 = contract.dialect === 'robots' && !exceptionalCodes.has(code)
    const status = isAlways200 ? 200 : httpStatuses[code]
    groups.set(status, [...(groups.get(status) ?? []), code])
  }
  return groups
}

function successOf({ data }: Contract): z.ZodType {
  const envelope = z.object({
    retCode: z.literal(0).meta({ type: 'integer', description: '错误码，0代表成功，其它代表错误' }),
    errorMsg: z.literal('').meta({ description: '错误描述；成功时为空' }),
  })
  return (data ? envelope.extend({ data }) : envelope).meta({ title: '成功' })
}

function errorOf(codes: readonly ErrorCode[]): z.ZodType {
  const possible = [...new Set(codes.map((code) => retCodes[code]))]
  const sample = possible.includes(retCodes.TOKEN_MISSING) ? '参数 token 缺失' : nameOfCode(possible[0])
  return z
    .object({
      retCode: z.literal(possible).meta({ type: 'integer', description: describeCodes(possible) }),
      errorMsg: z
        .string()
        .min(1)
        .meta({ description: '错误描述', examples: [sample] }),
    })
    .meta({ title: '失败' })
}
