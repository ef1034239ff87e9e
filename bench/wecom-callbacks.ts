// Measures how fast a production build responds to callbacks of WeCom, which waits a few seconds:
// `npm run build && npx tsx bench/wecom-callbacks.ts [callbacks per round]`. It fails unless each accepted callback is stored, and once.
import { loadavg } from 'node:os'
import { execFileSync } from 'node:child_process'
import { resolve } from 'node:path'
import postgres from 'postgres'
import { percentile } from '@/bench/callbacks/percentile'
import { createTenant } from '@/e2e/create-tenant'
import { startProduct } from '@/e2e/start-product'
import { envOfDataDir } from '@/scripts/bootstrap/env-of-data-dir.mjs'
import { encryptCallback, signCallback } from '@/simulator/wecom/encrypt'

const callbackCount = Number(process.argv[2] ?? 1_000)
const senderCounts = [1, 8, 32]
/** Time within which a response is expected. */
const limitMs = 1_000
const token = 'wecomBench1'
const aesKey = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG'
const account = 'wkSimulator0001'

type Accepted = { nonce: string; tookMs: number; atMs: number }

const product = await startProduct()
const sql = postgres(envOfDataDir({ DATA_DIR: product.dataDir })['DATABASE_URL'] ?? '', { max: 1 })
try {
  const shop = await createTenant(product, 'bench')
  const { corpId, secret } = await shop.phone('/wecom/state')
  const secrets = ['--agent-secret-stdin', '--callback-token', token, '--callback-aes-key', aesKey]
  const args = ['connector', 'create', '--type', 'wecom', '--name', 'bench', '--corp-id', corpId, ...secrets]
  const created = execFileSync(
    process.execPath,
    ['scripts/cli.mjs', ...args, '--application', shop.applicationId, '--json'],
    {
      cwd: resolve(import.meta.dirname, '..'),
      env: { PATH: process.env['PATH'], DATA_DIR: product.dataDir, NODE_ENV: 'production' },
      input: secret,
      encoding: 'utf8',
    },
  )
  const { connectorId, callbackUrl } = JSON.parse(created) as { connectorId: string; callbackUrl: string }
  await shop.phone('/wecom/callback', { url: callbackUrl, token, aesKey })
  const robot = { username: account, connection: 'wecom_kf', connector_id: connectorId }
  await shop.call('POST', '/robots', robot)
  await shop.until(async () => (await sql`select 1 from sessions where state = 'online'`).length > 0, 60_000)
  await run(callbackUrl, corpId, { name: 'warm', senderCount: 8, count: 200 })
  for (const senderCount of senderCounts) {
    const accepted = await run(callbackUrl, corpId, { name: `n${senderCount}`, senderCount, count: callbackCount })
    report(senderCount, accepted, await storedAt(accepted))
  }
} finally {
  await sql.end()
  await product.stop()
}

/** Posts signed callbacks, each with a nonce of its own, from some senders at the same time. */
async function run(
  callbackUrl: string,
  corpId: string,
  { name, senderCount, count }: { name: string; senderCount: number; count: number },
): Promise<Accepted[]> {
  const accepted: Accepted[] = []
  let next = 0
  const send = async () => {
    while (next < count) {
      const nonce = `${name}_${next++}`
      const timestamp = String(Math.floor(Date.now() / 1000))
      const text = `<xml><ToUserName>${corpId}</ToUserName><MsgType>event</MsgType><Event>kf_msg_or_event</Event><Token>ENC</Token><OpenKfId>${account}</OpenKfId></xml>`
      const encrypted = encryptCallback(aesKey, text, corpId)
      const query = new URLSearchParams({
        msg_signature: signCallback(token, timestamp, nonce, encrypted),
        timestamp,
        nonce,
      })
      const beganMs = performance.now()
      const body = `<xml><Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`
      const response = await fetch(`${callbackUrl}?${query}`, { method: 'POST', body })
      await response.text()
      if (response.status !== 200) throw new Error(`a callback got HTTP ${response.status}`)
      accepted.push({ nonce, tookMs: performance.now() - beganMs, atMs: Date.now() })
    }
  }
  await Promise.all(Array.from({ length: senderCount }, send))
  return accepted
}

/** Returns when the transaction that stored each callback began. @throws Error unless each is stored once */
async function storedAt(accepted: Accepted[]): Promise<Map<string, number>> {
  const nonces = accepted.map(({ nonce }) => nonce)
  const rows = await sql<{ nonce: string; ms: number }[]>`
    select nonce, (extract(epoch from received_at) * 1000)::float8 as ms from wecom_callbacks where nonce in ${sql(nonces)}`
  if (rows.length !== accepted.length) throw new Error(`${rows.length} of ${accepted.length} callbacks are stored`)
  return new Map(rows.map(({ nonce, ms }) => [nonce, ms]))
}

function report(senderCount: number, accepted: Accepted[], stored: Map<string, number>): void {
  const tookMs = accepted.map((one) => one.tookMs)
  const afterMs = accepted.map(({ nonce, atMs }) => Math.max(0, atMs - (stored.get(nonce) ?? 0)))
  const line = (values: number[]) =>
    [0.5, 0.99, 1].map((share) => `${percentile(values, share).toFixed(0)} ms`).join(' / ')
  const late = tookMs.filter((ms) => ms > limitMs).length
  const load = loadavg()[0]?.toFixed(1)
  console.log(
    `${senderCount} at a time, ${accepted.length} callbacks, load ${load}: p50 / p99 / max ${line(tookMs)}; ` +
      `since the storing transaction began ${line(afterMs)}; over ${limitMs} ms: ${late}`,
  )
}
