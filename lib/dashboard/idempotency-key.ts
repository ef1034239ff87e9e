import { createHmac } from 'node:crypto'
import { AppError } from '@/lib/errors'

type IdempotentRequest = { operatorId: string; key: string; fingerprint: string }

/**
 * Reads the `Idempotency-Key` of a change and fingerprints the request; null: no key, or a GET. The fingerprint is an
 * HMAC, because the body may contain a password.
 * @throws AppError INVALID_PARAMETER if the key is not 16 to 64 letters, digits, `-` or `_`.
 */
export function readIdempotencyKey(
  request: Request,
  body: string,
  of: { operatorId: string; secret: string },
): IdempotentRequest | null {
  const key = request.headers.get('idempotency-key')
  if (key === null || request.method === 'GET') return null
  if (!/^[\w-]{16,64}$/.test(key))
    throw new AppError('INVALID_PARAMETER', { reason: 'form_key_format', parameter: 'Idempotency-Key' })
  const { pathname } = new URL(request.url)
  const fingerprint = createHmac('sha256', of.secret)
    .update(JSON.stringify([request.method, pathname, body]))
    .digest('base64url')
  return { operatorId: of.operatorId, key, fingerprint }
}
