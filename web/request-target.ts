import type { IncomingMessage } from 'node:http'
import { AppError } from '@/lib/errors'

const hostPattern = /^(?:\[[\da-f:.]+\]|[\w.-]+)(?::\d{1,5})?$/i

/**
 * Normalizes `request.url` to origin-form and `Host` to one host for Next. Returns the raw path and the error with which the request must be
 * refused; null: the request is valid. The host of an absolute-form target replaces `Host` (RFC 9112, 3.2.2).
 */
export function readTarget(
  request: IncomingMessage,
  { publicHost }: { publicHost: string },
): { path: string; refusal: AppError | null } {
  const [, authority, rest] = /^[a-z][\da-z+.-]*:\/\/([^/?#]*)(.*)$/is.exec(request.url ?? '') ?? []
  const target = rest ?? request.url ?? ''
  request.url = target.startsWith('/') || authority === undefined ? target : `/${target}`
  const path = request.url.split('?', 1)[0] ?? ''
  if (!path.startsWith('/')) return { path: '/', refusal: invalid('url_without_slash', 'url') }

  const hosts = request.rawHeaders.filter((name, index) => index % 2 === 0 && /^host$/i.test(name)).length
  if (hosts > 1) return { path, refusal: invalid('host_repeated', 'Host') }
  const mayLackHost = request.httpVersionMajor === 1 && request.httpVersionMinor === 0
  if (hosts === 0 && !mayLackHost) return { path, refusal: invalid('host_missing', 'Host') }
  const host = authority ?? request.headers.host ?? publicHost
  request.headers.host = host
  return { path, refusal: hostPattern.test(host) ? null : invalid('host_invalid', 'Host') }
}

type TargetReason = 'url_without_slash' | 'host_repeated' | 'host_missing' | 'host_invalid'

function invalid(reason: TargetReason, parameter: string): AppError {
  return new AppError('INVALID_PARAMETER', { reason, parameter })
}
