import { AppError } from '@/lib/errors'

/** The request's Idempotency-Key; null without one. @throws INVALID_PARAMETER for one that is empty or over 255 characters. Spec: A11. */
export function readIdempotencyKey(request: Request): string | null {
  const key = request.headers.get('idempotency-key')
  if (key !== null && !/^[\x21-\x7e](?:[\x20-\x7e]{0,253}[\x21-\x7e])?$/.test(key))
    throw new AppError('INVALID_PARAMETER', 'Idempotency-Key 须为 1 到 255 个可见 ASCII 字符', {
      parameter: 'Idempotency-Key',
    })
  return key
}
