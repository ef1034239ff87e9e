import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { startEmbeddedPostgres } from '@/scripts/embedded-postgres.mjs'
import { createTenant, type TenantRobot } from '@/e2e/create-tenant'
import { startProduct } from '@/e2e/start-product'
import { expect, test } from '@/e2e/test'

/** Part of every value that a contact, a client or an operator sends below. */
const canary = 'kanari'
const maxUseMs = 4000

test('a locked or killed database leaks no message, name, link, token or password into the output', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'wxbot-canaries-'))
  let database = await startEmbeddedPostgres({ dataDir, password: 'tests' })
  const { port, url } = database
  const product = await startProduct({ env: { DATABASE_URL: url, LOG_LEVEL: 'debug', LEASE_SECONDS: '5' } })
  const admin = postgres(url, { max: 1, onnotice: () => {} })
  try {
    const shop = await createTenant(product, `${canary}-application`, { DATABASE_URL: url })
    const robot = await shop.openRobot(`${canary}-robot`)
    // The product's own limits are 30 s for a statement and none for a lock.
    await admin.unsafe(`alter database ${new URL(url).pathname.slice(1)} set lock_timeout = '300ms'`)
    await admin`select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and datname = current_database()`
    await shop.until(async () => (await fetch(`${product.baseURL}/readyz`)).status === 200)

    // One table at a time: with all tables locked, only the first statement of each transaction would fail.
    for (const table of ['messages', 'rooms', 'contacts', 'sessions', 'robots', 'callback_events', 'tokens', 'quns']) {
      await admin.begin(async (tx) => {
        await tx.unsafe(`lock table ${table} in access exclusive mode`)
        await useEverything(product.baseURL, shop, robot)
      })
    }
    expect(product.output()).toMatch(/canceling statement due to lock timeout/)
    expect(product.output()).toMatch(/"statement":"(?:[^"\\]|\\.)*\$1/)

    const using = useEverything(product.baseURL, shop, robot)
    process.kill(database.pid, 'SIGKILL')
    await using
    await useEverything(product.baseURL, shop, robot)
    await shop.until(async () => /ECONNREFUSED|CONNECTION_CLOSED/.test(product.output()))
    database = await startEmbeddedPostgres({ dataDir, password: 'tests', port })
    await shop.until(async () => (await fetch(`${product.baseURL}/readyz`)).status === 200, 60_000)

    const leaks = product
      .output()
      .split('\n')
      .filter((line) => line.includes(canary) || line.includes(shop.token))
    expect(leaks).toEqual([])
  } finally {
    await admin.end({ timeout: 0 })
    await product.stop()
    await database.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
})

/** Sends values with the canary through web and worker; no request has to succeed. */
async function useEverything(
  baseURL: string,
  shop: Awaited<ReturnType<typeof createTenant>>,
  robot: TenantRobot,
): Promise<void> {
  const post = (path: string, body: object, headers: Record<string, string> = {}) =>
    fetch(`${baseURL}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  const message = { to_user: robot.roomId, msg_type: 'text', content: `${canary}-content` }
  const uses = Promise.allSettled([
    shop.call('POST', `/robots/${robot.id}/message`, message, { 'Idempotency-Key': `${canary}-key` }),
    shop.call('POST', `/v1/robots/${robot.id}/messages`, message),
    shop.call('POST', '/robots', { username: `${canary}-username` }),
    shop.call('POST', `/robots/${robot.id}/login`, { callback_url: `https://example.com/?secret=${canary}` }),
    post('/robots', { token: `wx_${canary}`, username: 'any' }),
    post('/wxbot/qun', {
      code: 'MEU3RDZEOEZCNkMzfDg4ODg=',
      owner: `${canary}-owner`,
      assistant: `${canary}-assistant`,
    }),
    post('/wxbot/qun/membership', { token: 'NTkxNjkwNzE4RDY2', member: `${canary}-member` }),
    fetch(`${baseURL}/qr/${canary}`),
    fetch(`${baseURL}/qr/${canary}.html`),
    fetch(`${baseURL}/v1/media/${canary}`),
    fetch(`${baseURL}/weiqun/MTAwMTEx`),
    fetch(`${baseURL}/dashboard`, { headers: { cookie: `next-auth.session-token=${canary}` } }),
    fetch(`${baseURL}/api/auth/callback/credentials`, {
      method: 'POST',
      headers: form,
      body: new URLSearchParams({ email: `${canary}@example.com`, password: `${canary}-password` }),
    }),
    shop.phone(`/rooms/${encodeURIComponent(robot.simulatedRoomId)}/messages`, {
      from: 'wxid_wangfang0101',
      type: 'text',
      text: `${canary}-message`,
    }),
    shop.phone(`/rooms/${encodeURIComponent(robot.simulatedRoomId)}/rename`, { name: `${canary}-room` }),
    shop
      .phone('/accounts', { nickname: `${canary}-stranger`, canLogIn: false })
      .then(({ wxid }) =>
        shop.phone(`/accounts/${robot.wxid}/friend-requests`, { from: wxid, greeting: `${canary}-greeting` }),
      ),
  ])
  // A call whose response depends on a locked table may wait for a worker until its own deadline.
  await Promise.race([uses, new Promise((resolve) => setTimeout(resolve, maxUseMs))])
}
