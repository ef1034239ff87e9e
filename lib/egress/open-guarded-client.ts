import { Agent, type ClientRequestArgs, type IncomingMessage, request as requestHttp } from 'node:http'
import { Agent as TlsAgent, request as requestHttps } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { contractText, type Sentence, sentenceOf } from '@/lib/sentence'
import { bareHostname, type EgressPolicy } from '@/lib/egress/create-egress-policy'
import { EgressRefusedError, HostUnresolvedError } from '@/lib/egress/open-guarded-agent'
import { fixedLookup, portOf, resolveTarget } from '@/lib/egress/resolve-target'

/** Maximum informational (1xx) responses per request. */
const maxInformational = 20
/** Maximum time that an unused connection is kept open. */
const idleTimeoutMs = 4000

/** The server sent too many informational responses, or requested another protocol. */
export class UnusableResponseError extends Error {
  override readonly name = 'UnusableResponseError'
  constructor(
    readonly sentence: Sentence,
    readonly httpStatus: number | null,
  ) {
    super(contractText(sentence))
  }
}

export type GuardedRequest = {
  url: URL
  /** Path and query to send unchanged; `url` would rewrite the query. */
  path: string
  method: 'GET' | 'POST'
  headers: Record<string, string>
  body: string
  /** Requests of different pools share no connection. */
  pool: string
  signal: AbortSignal
}

export type GuardedClient = {
  /** Resolves with the response once its headers have arrived. The caller reads or destroys its body. */
  send(request: GuardedRequest): Promise<IncomingMessage>
  readonly isClosed: boolean
  /** Aborts all running requests. */
  close(): void
}

/**
 * Opens an HTTP client for third-party endpoints. It connects only to targets that the policy allows (see `openGuardedAgent`) and
 * uses Node's lenient parser: lines that end in LF, folded headers, unrequested informational responses. Pools share no
 * connection, so bytes that the lenient parser mistakes for a next response never reach another pool.
 */
export function openGuardedClient(policy: EgressPolicy): GuardedClient {
  const options = { keepAlive: true, timeout: idleTimeoutMs, maxFreeSockets: 4 }
  const agents = { 'http:': guard(new Agent(options), policy), 'https:': guard(new TlsAgent(options), policy) }
  const closing = new AbortController()
  return {
    get isClosed() {
      return closing.signal.aborted
    },
    close() {
      closing.abort()
      for (const agent of Object.values(agents)) agent.destroy()
    },
    send({ url, path, method, headers, body, pool, signal }) {
      const isTls = url.protocol === 'https:'
      const hostname = url.hostname.replace(/^\[|\]$/g, '')
      const bare = bareHostname(url.hostname)
      const ending = AbortSignal.any([signal, closing.signal])
      const target = {
        hostname,
        port: portOf(url),
        servername: isIP(bare) ? '' : bare,
        path,
        method,
        headers: {
          host: url.host,
          ...headers,
          ...(method === 'POST' && { 'content-length': Buffer.byteLength(body) }),
        },
        agent: agents[isTls ? 'https:' : 'http:'],
        signal: ending,
        insecureHTTPParser: true,
        pool,
      }
      return new Promise((resolve, reject) => {
        const request = isTls ? requestHttps(target) : requestHttp(target)
        let informationalCount = 0
        request.on('information', () => {
          if (++informationalCount < maxInformational) return
          const error = new UnusableResponseError(sentenceOf('informational', { count: maxInformational }), null)
          // Reject first, because the response may have arrived in the same packet.
          reject(error)
          request.destroy(error)
        })
        request.on('upgrade', ({ statusCode = 101 }, socket) => {
          socket.destroy()
          reject(new UnusableResponseError(sentenceOf('switched_protocol'), statusCode))
        })
        request.on('response', resolve)
        // A request that is still resolving its host does not react to the signal.
        ending.addEventListener('abort', () => reject(ending.reason as Error), { once: true })
        // After the response this has no effect, and the body emits its own error.
        request.on('error', reject)
        request.end(body)
      })
    },
  }
}

/** Makes an agent connect only to addresses that the policy has checked; each connection resolves its host once. */
function guard<Guarded extends Agent>(agent: Guarded, policy: EgressPolicy): Guarded {
  const connect = agent.createConnection.bind(agent)
  const nameOf = agent.getName.bind(agent)
  agent.getName = (options) => `${(options as { pool?: string } | undefined)?.pool ?? ''} ${nameOf(options)}`
  const connectGuarded = async (...[options, callback]: Parameters<Agent['createConnection']>) => {
    try {
      const socket = connect({ ...options, lookup: await resolveAllowed(policy, options) })
      if (socket) callback?.(null, socket)
    } catch (error) {
      ;(callback as ((error: Error) => void) | undefined)?.(error as Error)
    }
  }
  // The callback delivers the result; a returned promise would be mistaken for the connection.
  agent.createConnection = (...parts) => {
    void connectGuarded(...parts)
    return undefined
  }
  return agent
}

async function resolveAllowed(policy: EgressPolicy, { host, port }: ClientRequestArgs): Promise<LookupFunction> {
  const hostname = bareHostname(host ?? '')
  const resolved = await resolveTarget(policy, { hostname, port: Number(port) })
  if (resolved.outcome === 'unresolved') throw new HostUnresolvedError(hostname)
  if (resolved.outcome === 'refused') throw new EgressRefusedError(resolved.reason.sentence)
  return fixedLookup(resolved.addresses)
}
