import { EgressRefusedError, HostUnresolvedError } from '@/lib/egress/open-guarded-agent'

const words: Record<string, string> = {
  ECONNREFUSED: '对方拒绝连接',
  ECONNRESET: '对方中断了连接',
  UND_ERR_SOCKET: '对方中断了连接',
  EPIPE: '对方中断了连接',
  ETIMEDOUT: '连接超时',
  UND_ERR_CONNECT_TIMEOUT: '连接超时',
  EHOSTUNREACH: '找不到到对方的路由',
  ENETUNREACH: '找不到到对方的路由',
  CERT_HAS_EXPIRED: '对方的 TLS 证书已过期',
  ERR_TLS_CERT_ALTNAME_INVALID: '对方的 TLS 证书与域名不符',
  DEPTH_ZERO_SELF_SIGNED_CERT: '对方的 TLS 证书是自签名的',
  SELF_SIGNED_CERT_IN_CHAIN: '对方的 TLS 证书链中有自签名证书',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: '对方的 TLS 证书链不完整',
  UND_ERR_HEADERS_OVERFLOW: '对方的应答头过大',
}

/** Says in plain Chinese why a request failed. */
export function describeFailure(error: unknown): string {
  if (error instanceof EgressRefusedError || error instanceof HostUnresolvedError) return error.message
  if (!(error instanceof Error)) return `请求失败：${String(error)}`
  // Several addresses tried: the last one's fate stands for all.
  const last = error instanceof AggregateError ? (error.errors.at(-1) as Error) : error
  const { code = '' } = last as NodeJS.ErrnoException
  if (words[code]) return `${words[code]}（${code}）`
  return last.name === 'HTTPParserError' ? '对方的应答不是有效的 HTTP' : `请求失败：${code || last.message}`
}
