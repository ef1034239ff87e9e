import type { Env } from '../env'
import { createEgressPolicy, type EgressPolicy, type OwnServer } from './create-egress-policy'

const usualPorts: Record<string, number> = { 'redis:': 6379, 'rediss:': 6379, 'http:': 80, 'https:': 443 }

/** Makes the egress policy of this installation: what EGRESS_ALLOW opens, never our own ports, database, queue or simulator. */
export function openEgressPolicy(env: Env): EgressPolicy {
  const simulator = env.WECHAT === 'simulator' ? env.WECHAT_ORIGIN : undefined
  return createEgressPolicy({
    allow: env.EGRESS_ALLOW,
    ownPorts: [...env.OWN_PORTS, env.PORT, env.WORKER_PORT],
    ownServers: [env.DATABASE_URL, env.REDIS_URL, simulator].flatMap((url) => (url ? serverOf(url) : [])),
  })
}

function serverOf(text: string): OwnServer {
  const { hostname, port, protocol } = new URL(text)
  return { hostname, port: Number(port) || (usualPorts[protocol] ?? 5432) }
}
