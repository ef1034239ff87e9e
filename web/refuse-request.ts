import type { IncomingMessage } from 'node:http'
import { AppError } from '@/lib/errors'
import { canonicalPath } from '@/lib/http/canonical-path'
import { methodsOf } from '@/lib/http/contract/all-contracts'
import { dialectOf, type Dialect } from '@/lib/http/dialect'
import { parseForm } from '@/lib/http/parse-form'

const knownMethods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])
const readingMethods = new Set(['GET', 'HEAD'])

const doubledSlash = /\/\/|\\/
const dotSegment = /(?:^|[/\\])(?:\.|%2e){1,2}(?:[/\\]|$)/i

/**
 * Returns why a request must not reach Next, which would redirect, crash, do work for unauthenticated clients or respond without
 * the envelope; null: it may. Of Next's own paths only built files are served; pages accept only GET and HEAD, because they have
 * no server actions. Spec: A1 (paths), A2 (HTTP status and envelope).
 */
export function refuseRequest(
  request: IncomingMessage,
  path: string,
  { isDevelopment = false }: { isDevelopment?: boolean } = {},
): AppError | null {
  const dialect = dialectOf(path)
  if (!isDecodable(path)) return new AppError('ROUTE_NOT_FOUND', { reason: 'path_unreadable' })
  if (dotSegment.test(path)) return routeNotFound(dialect)
  if (isApi(dialect) && !isPlainApiPath(path)) return routeNotFound(dialect)
  const method = request.method ?? ''
  if (!knownMethods.has(method)) {
    const hasContracts = dialect === 'robots' || dialect === 'v1'
    if (hasContracts && methodsOf(path).length === 0) return routeNotFound(dialect)
    return methodNotAllowed(method)
  }
  const encodingError = isApi(dialect) ? findEncodingError(request.url ?? '') : null
  if (encodingError) return encodingError
  if (isDevelopment) return null
  if (/^\/_next(?:\/|$)/.test(canonicalPath(path)) && !path.startsWith('/_next/static/')) return routeNotFound(dialect)
  if (dialect === 'page' && !readingMethods.has(method)) return methodNotAllowed(method)
  return null
}

/** Checks the query before Next, which would replace bytes that are not UTF-8 by U+FFFD. */
function findEncodingError(target: string): AppError | null {
  const [, query = ''] = /\?([^#]*)/.exec(target) ?? []
  try {
    // Node decodes the request line as latin1.
    parseForm(Buffer.from(query, 'latin1'))
    return null
  } catch (error) {
    if (error instanceof AppError) return error
    throw error
  }
}

export function allowedMethods(path: string): string[] {
  const dialect = dialectOf(path)
  if (dialect === 'page') return [...readingMethods]
  if (dialect === 'wxbot') return ['POST']
  const methods = methodsOf(path)
  return methods.length > 0 ? methods : [...knownMethods].filter((method) => method !== 'OPTIONS')
}

function isApi(dialect: Dialect): boolean {
  return dialect === 'robots' || dialect === 'v1' || dialect === 'wxbot'
}

/** An API path has a literal prefix, no trailing slash and no double slash. */
function isPlainApiPath(path: string): boolean {
  return /^\/(?:robots|v1|wxbot)(?:\/|$)/.test(path) && !path.endsWith('/') && !doubledSlash.test(path)
}

function routeNotFound(dialect: Dialect): AppError {
  return new AppError('ROUTE_NOT_FOUND', { reason: dialect === 'page' ? 'page_not_found' : 'call_not_found' })
}

function methodNotAllowed(method: string): AppError {
  return new AppError('METHOD_NOT_ALLOWED', { reason: 'method_not_allowed', params: { method } })
}

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path)
    return true
  } catch {
    return false
  }
}
