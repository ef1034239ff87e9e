import { isIP, type LookupFunction } from 'node:net'
import { Agent, buildConnector } from 'undici'
import { bareHostname, type EgressPolicy } from './create-egress-policy'
import { resolveTarget } from './resolve-target'

/** The egress policy said no; `message` is its sentence. */
export class EgressRefusedError extends Error {
  override readonly name = 'EgressRefusedError'
}

/** The host has no address. */
export class HostUnresolvedError extends Error {
  override readonly name = 'HostUnresolvedError'
}

/**
 * Opens an HTTP client that connects only where the policy allows: each new connection resolves its host once and goes to
 * those very addresses, with Host and SNI kept, so a DNS answer that changes between check and use changes nothing.
 * Call `policy.refuseUrl` before a request: a connection does not see credentials. Bodies and redirects are the caller's.
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
  if (resolved.outcome === 'unresolved') return callback(new HostUnresolvedError(`域名 ${hostname} 无法解析`), null)
  if (resolved.outcome === 'refused') return callback(new EgressRefusedError(resolved.reason), null)
  const connect = buildConnector({ lookup: answerWith(resolved.addresses), autoSelectFamily: true, timeout: 10_000 })
  connect(isIP(hostname) ? { ...target, hostname } : { ...target, hostname, servername: hostname }, callback)
}

/** A lookup that knows one answer, whatever it is asked. */
function answerWith(addresses: string[]): LookupFunction {
  const found = addresses.map((address) => ({ address, family: isIP(address) }))
  return (_hostname, options, callback) =>
    options.all ? callback(null, found) : callback(null, found[0]?.address ?? '', found[0]?.family)
}
