import type { IncomingMessage } from 'node:http'
import { AppError } from '@/lib/errors'
import { methodsOf } from '@/lib/http/contract/methods-of'
import { dialectOf } from '@/lib/http/dialect'
import { maxBodyBytes } from '@/lib/http/read-parameters'

const knownMethods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])

/** Doubled slashes, backslashes, and segments of dots, which would lead to another path. */
const rewrittenByNext = /\/\/|\\|\/(?:\.|%2e){1,2}(?:\/|$)/i

/**
 * Says why a request must not reach Next, which would redirect, crash or answer without the envelope; null = it may.
 * A path of the API ends without a slash and has none doubled. Spec: A1, A2.
 */
export function refuseRequest(request: IncomingMessage, path: string): AppError | null {
  const dialect = dialectOf(path)
  if (!isDecodable(path)) return new AppError('ROUTE_NOT_FOUND', '路径无法识别')
  if (dialect !== 'page' && (path.endsWith('/') || rewrittenByNext.test(path))) return noSuchCall()
  if (!knownMethods.has(request.method ?? '')) {
    const hasContracts = dialect === 'robots' || dialect === 'v1'
    if (hasContracts && methodsOf(path).length === 0) return noSuchCall()
    return new AppError('METHOD_NOT_ALLOWED', `不支持 ${request.method} 方法`)
  }
  if (Number(request.headers['content-length'] ?? 0) > maxBodyBytes)
    return new AppError('BODY_TOO_LARGE', '请求正文超过 1 MiB')
  return null
}

function noSuchCall(): AppError {
  return new AppError('ROUTE_NOT_FOUND', '没有这个接口')
}

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path)
    return true
  } catch {
    return false
  }
}
