import type { z } from 'zod'
import type { TokenScope } from '@/lib/db/types'
import type { ErrorCode } from '@/lib/error-codes'

/** Input and output of one call: validates its requests, types its handler and generates its reference. */
export type Contract<
  Parameters extends z.ZodObject = z.ZodObject,
  Data extends z.ZodObject | undefined = z.ZodObject | undefined,
> = {
  /** `operationId` for generated clients. */
  name: string
  dialect: 'robots' | 'v1'
  tag: '机器人' | '联系人' | '微信群' | '群' | '消息' | '会话' | '自动回复' | '回调' | '告警'
  method: 'GET' | 'POST' | 'DELETE'
  /** In OpenAPI form: `/robots/{robot_id}`. */
  path: string
  /** Name of the call in the documentation. */
  summary: string
  /** Chinese, in Markdown. */
  description: string
  /** In addition to the token: the JSON body of a POST, otherwise the query. */
  parameters: Parameters
  takesIdempotencyKey?: true
  /** Its body may contain an image or file as base64, so it may be larger than those of other calls. */
  takesUpload?: true
  /** HTTP status of a success; 200 by default. */
  status?: number
  /** `data` of the envelope; undefined: the response has only retCode and errorMsg. */
  data: Data
  /** What its token must be allowed to do; by default `read` for a GET and `control` for any other call. */
  scope?: TokenScope
  /** The call itself leaves out the robots that its token is not for. */
  filtersRobots?: true
  /** Error codes in addition to those of every call. */
  errors: readonly ErrorCode[]
  /** Documents the login callback with this call. */
  announces?: 'login'
}

/** Defines a contract with the exact types of its schemas. */
export function defineContract<Parameters extends z.ZodObject, Data extends z.ZodObject | undefined>(
  contract: Contract<Parameters, Data>,
): Contract<Parameters, Data> {
  return contract
}

const commonErrors: readonly ErrorCode[] = [
  'TOKEN_MISSING',
  'TOKEN_UNKNOWN',
  'TOKEN_NOT_PERMITTED',
  'INVALID_PARAMETER',
  'RATE_LIMITED',
  'INTERNAL',
]

export function errorsOf(contract: Contract): ErrorCode[] {
  return [...commonErrors, ...(contract.method === 'POST' ? (['BODY_TOO_LARGE'] as const) : []), ...contract.errors]
}

/** Error codes of calls that need a worker and WeChat. */
export const wechatErrors = [
  'SESSION_GONE',
  'WECHAT_UNREACHABLE',
  'WECHAT_UNREADABLE',
  'WECHAT_NO_BASE_RESPONSE',
  'WECHAT_TOO_OFTEN',
  'COMMAND_TIMEOUT',
] as const satisfies readonly ErrorCode[]
