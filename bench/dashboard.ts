// Measures each read of the dashboard's API on an empty installation and on one with a million messages, a million callbacks and
// 10,000 robots: `npx tsx bench/dashboard.ts [messages]`. Prints the median of 7 calls and the ratio.
import { loadavg } from 'node:os'
import postgres from 'postgres'
import { openDatabase } from '@/bench/callbacks/open-database'
import { percentile } from '@/bench/callbacks/percentile'
import { listPageCalls } from '@/bench/dashboard/call-pages'
import { fillDatabase } from '@/bench/dashboard/fill-database'
import { openTestWeb } from '@/lib/testing/open-test-web'

const messages = Number(process.argv[2] ?? 1_000_000)
const runs = 7

async function measure(url: string): Promise<Map<string, { status: number; ms: number }>> {
  const web = await openTestWeb({ url })
  const results = new Map<string, { status: number; ms: number }>()
  for (const { name, run } of await listPageCalls(web.context)) {
    const took: number[] = []
    let status = 0
    for (let round = 0; round <= runs; round++) {
      const beganMs = performance.now()
      const response = await run()
      await response.text()
      // The first call warms up.
      if (round > 0) took.push(performance.now() - beganMs)
      ;({ status } = response)
    }
    results.set(name, { status, ms: percentile(took, 0.5) })
  }
  await web.close()
  return results
}

const database = await openDatabase()
try {
  const empty = await measure(database.url)
  const sql = postgres(database.url, { max: 1, onnotice: () => {} })
  const beganMs = performance.now()
  await fillDatabase(sql, { robots: messages / 100, messages, events: messages, applications: 20 })
  await sql.end()
  console.log(`filled in ${((performance.now() - beganMs) / 1000).toFixed(0)} s; load ${loadavg()[0]?.toFixed(1)}`)
  if (process.env['KEEP']) {
    console.log(database.url)
    await new Promise((resolve) => setTimeout(resolve, 4000_000))
  }
  const filled = await measure(database.url)
  for (const [name, { status, ms }] of [...filled].toSorted(([, a], [, b]) => b.ms - a.ms)) {
    const emptyMs = empty.get(name)?.ms ?? Number.NaN
    console.log(
      `${ms.toFixed(0)} ms, ${(ms / emptyMs).toFixed(1)} × empty (${emptyMs.toFixed(0)} ms): ${status} ${name}`,
    )
  }
} finally {
  await database.close()
}
