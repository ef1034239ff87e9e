import { sql } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import type { Env } from '@/lib/env'
import { failed, type Finding, ok, type Outcome, reasonOf, warning } from '@/cli/finding'
import { type Certificate, readCertificate } from '@/cli/read-certificate'

const timeoutMs = 5_000
/** A Date header has whole seconds, and a response takes a moment. */
const maxClockDifferenceMs = 5_000
const minCertificateDays = 14
const dayMs = 86_400_000
/** Services that are checked; more of them share their network. */
const maxTargets = 20
const ilinkOrigin = 'https://ilinkai.weixin.qq.com'
const wecomOrigin = 'https://qyapi.weixin.qq.com'

type NetworkEnv = Pick<Env, 'WECHAT' | 'WECOM_ORIGIN'>

/** Checks whether the services that this installation calls can be reached from this machine: one finding for each of them. */
export async function checkEgress(db: Db, { WECHAT, WECOM_ORIGIN }: NetworkEnv): Promise<Finding[]> {
  const rows = await db.execute<{ type: 'wecom' | 'gateway' | 'model'; url: string | null }>(sql`
    select distinct type, url from (
      select type, case type when 'gateway' then settings ->> 'baseUrl' end as url from connectors
      union all
      select 'model', model_url from reply_settings where uses_model and model_url <> '') as targets
    order by type, url limit ${maxTargets}`)
  const targets = rows.map(({ type, url }) => ({ type, url: url ?? WECOM_ORIGIN ?? wecomOrigin }))
  const named = targets.map(({ type, url }) => ({ check: `egress ${type}`, url }))
  const isSimulated = WECHAT === 'simulator'
  const wechat: Finding[] = isSimulated ? [{ check: 'egress wechat', ...ok('not needed: WECHAT=simulator') }] : []
  if (!isSimulated) named.unshift({ check: 'egress wechat', url: ilinkOrigin })
  const findings = await Promise.all(named.map(async ({ check, url }) => ({ check, ...(await reach(url)) })))
  return [...wechat, ...findings]
}

async function reach(text: string): Promise<Outcome> {
  if (!URL.canParse(text)) return failed(`${text} is not a URL: correct it in the settings`)
  const url = new URL(text)
  try {
    const certificate = await readCertificate(url)
    if (certificate?.problem)
      return failed(
        `${url.host} shows a certificate that is not trusted (${certificate.problem}): is a proxy in between?`,
      )
    return ok(certificate ? `${url.host} responds with a valid certificate` : `${url.host} accepts connections`)
  } catch (error) {
    return failed(`${url.host} is not reachable from here (${reasonOf(error)}): allow it in the firewall`)
  }
}

/** Checks that PUBLIC_URL leads to wxbot, and over TLS. */
export async function checkPublicUrl({ PUBLIC_URL }: Pick<Env, 'PUBLIC_URL'>): Promise<Outcome> {
  const { protocol, hostname } = new URL(PUBLIC_URL)
  const isLocal = hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]'
  try {
    const response = await fetchHealth(PUBLIC_URL)
    if (!response.ok) return failed(`${PUBLIC_URL}/healthz responds with ${response.status}: is it the proxy of wxbot?`)
  } catch (error) {
    return failed(`${PUBLIC_URL} is not reachable from here (${reasonOf(error)}): check DNS, proxy and web`)
  }
  return protocol === 'https:' || isLocal
    ? ok(PUBLIC_URL)
    : warning(`${PUBLIC_URL} sends passwords unencrypted: use https`)
}

/** Checks the certificate of PUBLIC_URL, whose renewal may have stopped. */
export async function checkCertificate({ PUBLIC_URL }: Pick<Env, 'PUBLIC_URL'>): Promise<Outcome> {
  const url = new URL(PUBLIC_URL)
  if (url.protocol !== 'https:') return ok('none: PUBLIC_URL is not https')
  const certificate = await readCertificate(url).catch((error: unknown) => reasonOf(error))
  if (typeof certificate === 'string')
    return failed(`${url.host} opens no TLS session (${certificate}): check the proxy`)
  return certificate ? judgeCertificate(certificate, Date.now()) : ok('none')
}

/** Judges a certificate by its validity and the days that are left. */
export function judgeCertificate({ expiresAt, problem }: Certificate, nowMs: number): Outcome {
  const days = Math.floor((expiresAt.getTime() - nowMs) / dayMs)
  const expiry = `${days < 0 ? 'expired' : 'expires'} on ${expiresAt.toISOString().slice(0, 10)}`
  if (days < 0) return failed(`it ${expiry}: renew it`)
  if (problem) return failed(`it is not valid (${problem}) and ${expiry}: use one that clients trust`)
  return days < minCertificateDays
    ? warning(`it ${expiry}, in ${days} days: does the proxy renew it?`)
    : ok(`${expiry}, in ${days} days`)
}

/** Checks this machine's clock against the one of the server behind PUBLIC_URL, by the Date header. */
export async function checkPublicClock({ PUBLIC_URL }: Pick<Env, 'PUBLIC_URL'>): Promise<Outcome> {
  const beforeMs = Date.now()
  const response = await fetchHealth(PUBLIC_URL).catch(() => null)
  const dateMs = Date.parse(response?.headers.get('date') ?? '')
  if (Number.isNaN(dateMs)) return warning('unknown: PUBLIC_URL does not respond with a Date header')
  // The header is rounded down to a second.
  const differenceMs = Math.round(dateMs + 500 - (beforeMs + Date.now()) / 2)
  const text = `about ${(differenceMs / 1000).toFixed(0)} s between PUBLIC_URL and this machine`
  return Math.abs(differenceMs) > maxClockDifferenceMs ? failed(`${text}: synchronize both clocks`) : ok(text)
}

function fetchHealth(publicUrl: string): Promise<Response> {
  return fetch(new URL('/healthz', publicUrl), { signal: AbortSignal.timeout(timeoutMs) })
}
