import type { OutageCause } from '@/lib/db/types'
import { EgressRefusedError, HostUnresolvedError } from '@/lib/egress/open-guarded-agent'

/** How a call fails before a response can be judged: it never left, or it left without a complete response. */
export type FetchFailure = { failure: 'unreachable' | 'unanswered'; detail: string }

/** Error codes of a connection that was never made. */
const neverLeft =
  /^(ECONNREFUSED|ENOTFOUND|EAI_\w+|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|UND_ERR_CONNECT_TIMEOUT|EPROTO|CERT_\w+|\w*SELF_SIGNED\w*|UNABLE_TO_\w+|ERR_TLS_CERT_\w+)$/

/** Classifies what `fetch` throws. */
export function fetchFailureOf(error: unknown): FetchFailure {
  const { cause } = Object(error) as { cause?: unknown }
  if (cause instanceof EgressRefusedError || cause instanceof HostUnresolvedError)
    return { failure: 'unreachable', detail: cause.name }
  const { code } = Object(cause) as { code?: unknown }
  const detail = typeof code === 'string' ? code : String(Object(error).name ?? 'error').slice(0, 40)
  return { failure: neverLeft.test(detail) ? 'unreachable' : 'unanswered', detail }
}

/** Returns the outage that a failed call shows; any failure after a complete response counts as an unreadable one. */
export function causeOfFailure(failure: string): OutageCause {
  if (failure === 'unreachable') return 'wechat_unreachable'
  return failure === 'unanswered' ? 'wechat_silent' : 'wechat_unreadable'
}
