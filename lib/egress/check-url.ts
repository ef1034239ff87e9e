import { withDeadline } from '@/lib/deadline'
import type { EgressPolicy } from '@/lib/egress/create-egress-policy'
import { findUrlProblem, type Refusal, urlProblems } from '@/lib/egress/find-url-problem'
import { portOf, resolveTarget } from '@/lib/egress/resolve-target'

const resolveTimeoutMs = 3000

/** `url`: the trimmed URL to store. */
export type UrlCheck = { ok: true; url: string } | { ok: false; reason: Refusal }

/**
 * Checks a callback URL before it is stored: its form, and that the policy allows its host. A host that does not resolve within
 * 3 s is accepted, because its DNS may be down temporarily; each connection checks it again.
 */
export async function checkUrl(policy: EgressPolicy, text: string): Promise<UrlCheck> {
  const problem = findUrlProblem(text)
  if (problem) return { ok: false, reason: urlProblems[problem] }
  const url = new URL(text.trim())
  const resolved = resolveTarget(policy, { hostname: url.hostname, port: portOf(url) })
  const target = await withDeadline(resolved, resolveTimeoutMs, () => null)
  return target?.outcome === 'refused' ? { ok: false, reason: target.reason } : { ok: true, url: text.trim() }
}
