import type { z } from 'zod'
import type { ErrorCode } from '@/lib/errors'

/** What one call takes and answers: validates its requests, types its handler and makes its page of the reference. */
export type Contract<
  Parameters extends z.ZodObject = z.ZodObject,
  Data extends z.ZodObject | undefined = z.ZodObject | undefined,
> = {
  /** Its `operationId` for generated clients. */
  name: string
  dialect: 'robots' | 'v1'
  tag: '机器人' | '微信群' | '消息' | '回调'
  method: 'GET' | 'POST' | 'DELETE'
  /** As OpenAPI writes it: `/robots/{robot_id}`. */
  path: string
  /** The call's name in the document it comes from. */
  summary: string
  /** Markdown, in the document's language. */
  description: string
  /** Beside the token: the JSON body of a POST, else the query. */
  parameters: Parameters
  takesIdempotencyKey?: true
  /** Of a success; 200 unless told. */
  status?: number
  /** The envelope's `data`; a call without it answers retCode and errorMsg alone. */
  data: Data
  /** How it can fail beyond what every call has in common. */
  errors: readonly ErrorCode[]
  /** Names the login callback in the reference. */
  announces?: 'login'
}

/** Declares a contract, keeping the exact types of its schemas. */
export function defineContract<Parameters extends z.ZodObject, Data extends z.ZodObject | undefined>(
  contract: Contract<Parameters, Data>,
): Contract<Parameters, Data> {
  return contract
}

/** How every call can fail: token, shape, rate, and our own fault. */
const commonErrors: readonly ErrorCode[] = [
  'TOKEN_MISSING',
  'TOKEN_UNKNOWN',
  'INVALID_PARAMETER',
  'RATE_LIMITED',
  'INTERNAL',
]

/** Lists all that a call can fail with. */
export function errorsOf(contract: Contract): ErrorCode[] {
  return [...commonErrors, ...(contract.method === 'POST' ? (['BODY_TOO_LARGE'] as const) : []), ...contract.errors]
}

/** What whoever asks a worker to speak with WeChat must be ready for. */
export const wechatErrors = [
  'SESSION_GONE',
  'WECHAT_UNREACHABLE',
  'WECHAT_UNREADABLE',
  'WECHAT_NO_BASE_RESPONSE',
  'WECHAT_TOO_OFTEN',
  'COMMAND_TIMEOUT',
] as const satisfies readonly ErrorCode[]
