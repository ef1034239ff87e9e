import { z } from 'zod'
import { AppError } from '@/lib/errors'

/** Spec: A11 (send). */
export const idempotencyKey = z
  .string()
  .regex(/^[\x21-\x7e](?:[\x20-\x7e]{0,253}[\x21-\x7e])?$/)
  .meta({ description: '重复请求用同一个值，24 小时内不会重复发送；1 到 255 个可见 ASCII 字符，例如订单号' })

/** Returns the Idempotency-Key of a request; null: none. @throws INVALID_PARAMETER when it is invalid. */
export function readIdempotencyKey(request: Request): string | null {
  const key = request.headers.get('idempotency-key')
  if (key !== null && !idempotencyKey.safeParse(key).success)
    throw new AppError('INVALID_PARAMETER', { reason: 'idempotency_key_format', parameter: 'Idempotency-Key' })
  return key
}
