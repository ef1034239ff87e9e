// Measures each read of the dashboard's API on an empty installation and on one with a million messages, a million callbacks and
// 10,000 robots: `npx tsx bench/dashboard.ts [messages]`. Prints a Markdown table of the medians of 7 calls, and their ratio.
import { loadavg } from 'node:os'
import postgres from 'postgres'
import { openDatabase } from '@/bench/callbacks/open-database'
import { fillDatabase } from '@/bench/dashboard/fill-database'
import { describeCalls, measureCalls } from '@/bench/dashboard/measure-calls'
import { connectDatabase } from '@/lib/db/client'
import { sumNextHours } from '@/lib/metrics/sum-hours'

const messages = Number(process.argv[2] ?? 1_000_000)

/** Sums the figures of past hours, as the hourly clean-up does; returns the number of hours. */
async function sumFigures(url: string): Promise<number> {
  const { db, close } = connectDatabase(url)
  let total = 0
  let hours = 0
  do {
    hours = await sumNextHours(db)
    total += hours
  } while (hours > 0)
  await close()
  return total
}

const secondsSince = (beganMs: number) => ((performance.now() - beganMs) / 1000).toFixed(0)

const database = await openDatabase()
try {
  const empty = await measureCalls(database.url)
  const sql = postgres(database.url, { max: 1, onnotice: () => {} })
  const filledMs = performance.now()
  await fillDatabase(sql, { robots: messages / 100, messages, events: messages, applications: 20 })
  await sql.end()
  console.log(`filled in ${secondsSince(filledMs)} s`)
  const summedMs = performance.now()
  console.log(
    `summed ${await sumFigures(database.url)} hours in ${secondsSince(summedMs)} s; load ${loadavg()[0]?.toFixed(1)}`,
  )
  if (process.env['KEEP']) {
    console.log(database.url)
    await new Promise((resolve) => setTimeout(resolve, 4000_000))
  }
  const full = await measureCalls(database.url)
  console.log('| call | full | empty | ratio |\n|---|---|---|---|')
  console.log(describeCalls(empty, full).join('\n'))
  console.log(`load ${loadavg()[0]?.toFixed(1)}`)
} finally {
  await database.close()
}
