// Compares reads of the API by the thin server's own table, by Next's router, and on Hono with the same SQL, in one run:
// `npx tsx bench/api-reads.ts [seconds per round]`. Rounds of the three alternate; prints medians and ranges.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { loadavg } from 'node:os'
import postgres from 'postgres'
import { percentile } from '@/bench/callbacks/percentile'
import { runRound, type Target } from '@/bench/reads/run-round'
import { createTenant } from '@/e2e/create-tenant'
import { startProduct } from '@/e2e/start-product'
import { envOfDataDir } from '@/scripts/bootstrap/env-of-data-dir.mjs'

const seconds = Number(process.argv[2] ?? 3)
const rounds = 4
const rooms = 200

const product = await startProduct()
try {
  const shop = await createTenant(product, 'bench')
  const { token } = await shop.cli('token', 'issue', '--application', shop.applicationId, '--rate-limit', '1000000')
  const robotId = await shop.createRobot('bench_robot')
  const databaseUrl = envOfDataDir({ DATA_DIR: product.dataDir })['DATABASE_URL'] ?? ''
  const sql = postgres(databaseUrl, { max: 1 })
  await sql`insert into rooms (id, robot_id, name, username)
    select 'room_bench' || n, ${robotId}, '微米客户群 ' || n, '@@' || n from generate_series(1, ${rooms}) n`
  await sql`analyze`
  await sql.end()

  const hono = fork(resolve(import.meta.dirname, 'hono-server.ts'), { execArgv: ['--import', 'tsx'] })
  hono.send({ databaseUrl })
  const [{ port }] = (await once(hono, 'message')) as [{ port: number }]
  const targets: Target[] = [
    { name: 'thin server', origin: product.baseURL, headers: {} },
    // The thin server leaves requests with a header of page navigation to Next.
    { name: 'Next', origin: product.baseURL, headers: { 'next-url': '/' } },
    { name: 'Hono', origin: `http://127.0.0.1:${port}`, headers: {} },
  ]
  for (const path of [`/robots/${robotId}`, `/robots/${robotId}/rooms`]) {
    const rates = new Map(targets.map(({ name }) => [name, [] as number[]]))
    const measure = { path: `${path}?token=${String(token)}`, seconds }
    for (const target of targets) await runRound(target, { ...measure, seconds: 1 })
    for (let round = 0; round < rounds; round++)
      for (const target of targets) rates.get(target.name)?.push(await runRound(target, measure))
    const ofHono = percentile(rates.get('Hono') ?? [], 0.5)
    console.log(`\nGET ${path.replace(robotId, ':id')}, 16 clients, load ${loadavg()[0]?.toFixed(1)}`)
    for (const [name, values] of rates) {
      const median = percentile(values, 0.5)
      const range = `${Math.min(...values).toFixed(0)}–${Math.max(...values).toFixed(0)}`
      console.log(`${name}: ${median.toFixed(0)}/s (${range}), ${(median / ofHono).toFixed(2)} × Hono`)
    }
  }
  hono.disconnect()
} finally {
  await product.stop()
}
