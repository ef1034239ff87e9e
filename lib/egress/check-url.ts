import type { EgressPolicy } from './create-egress-policy'
import { portOf, resolveTarget } from './resolve-target'

const resolveTimeoutMs = 3000

export type UrlCheck = { ok: true } | { ok: false; reason: string }

/**
 * Checks a link when it is given: its form, and that its host may be reached. `reason` is a sentence in plain Chinese.
 * A host that does not resolve within 3 s passes, because its DNS may be down for a moment: each connection checks again.
 */
export async function checkUrl(policy: EgressPolicy, text: string): Promise<UrlCheck> {
  if (!URL.canParse(text)) return { ok: false, reason: '不是有效的链接' }
  const url = new URL(text)
  const refused = policy.refuseUrl(url)
  if (refused) return { ok: false, reason: refused }
  const target = await withDeadline(resolveTarget(policy, { hostname: url.hostname, port: portOf(url) }))
  return target?.outcome === 'refused' ? { ok: false, reason: target.reason } : { ok: true }
}

function withDeadline<Value>(promise: Promise<Value>): Promise<Value | null> {
  let timer: NodeJS.Timeout
  const deadline = new Promise<null>((resolve) => (timer = setTimeout(resolve, resolveTimeoutMs, null)))
  return Promise.race([promise, deadline]).finally(() => clearTimeout(timer))
}
