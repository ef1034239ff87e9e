import { isIP } from 'node:net'
import { Agent, buildConnector } from 'undici'
import { bareHostname, type EgressPolicy } from '@/lib/egress/create-egress-policy'
import { fixedLookup, resolveTarget } from '@/lib/egress/resolve-target'
import { contractText, type Sentence, sentenceOf } from '@/lib/sentence'

/** The egress policy refused the target; `sentence` is its reason. */
export class EgressRefusedError extends Error {
  override readonly name = 'EgressRefusedError'
  constructor(readonly sentence: Sentence) {
    super(contractText(sentence))
  }
}

/** The host name has no address. */
export class HostUnresolvedError extends Error {
  override readonly name = 'HostUnresolvedError'
  readonly sentence: Sentence
  constructor(host: string) {
    const sentence = sentenceOf('host_unresolved', { host })
    super(contractText(sentence))
    this.sentence = sentence
  }
}

/**
 * Opens an HTTP client that connects only to targets that the policy allows. Each new connection resolves its host once and uses exactly those
 * addresses, with the original Host and SNI, so that DNS rebinding has no effect. The caller must check each URL with `policy.refuseUrl` before the
 * request, because the agent does not see credentials in the URL. The caller must also handle bodies and redirects.
 */
export function openGuardedAgent(policy: EgressPolicy, options: Omit<Agent.Options, 'connect'> = {}): Agent {
  return new Agent({ ...options, connect: (target, callback) => void connectGuarded(policy, target, callback) })
}

async function connectGuarded(
  policy: EgressPolicy,
  target: buildConnector.Options,
  callback: buildConnector.Callback,
): Promise<void> {
  const port = Number(target.port || (target.protocol === 'https:' ? 443 : 80))
  const hostname = bareHostname(target.hostname)
  const resolved = await resolveTarget(policy, { hostname, port })
  if (resolved.outcome === 'unresolved') return callback(new HostUnresolvedError(hostname), null)
  if (resolved.outcome === 'refused') return callback(new EgressRefusedError(resolved.reason.sentence), null)
  const connect = buildConnector({ lookup: fixedLookup(resolved.addresses), autoSelectFamily: true, timeout: 10_000 })
  connect(isIP(hostname) ? { ...target, hostname } : { ...target, hostname, servername: hostname }, callback)
}
