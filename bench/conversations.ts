// Measures list, search and open in the inbox with 100,000 conversations and 2,000,000 messages, and in an installation with 5
// conversations: `npx tsx bench/conversations.ts [conversations]`. Prints a Markdown table of the medians of 7 calls, and their ratio.
import { loadavg } from 'node:os'
import postgres from 'postgres'
import { openDatabase } from '@/bench/callbacks/open-database'
import { fillDatabase } from '@/bench/dashboard/fill-database'
import { describeCalls, measureCalls } from '@/bench/dashboard/measure-calls'

const persons = Number(process.argv[2] ?? 100_000)

async function fill(url: string, amounts: { robots: number; persons: number }): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  await fillDatabase(sql, { ...amounts, messages: amounts.persons * 20, events: 100, applications: 5 })
  await sql.end()
}

const small = await openDatabase()
const large = await openDatabase()
try {
  await fill(small.url, { robots: 5, persons: 5 })
  const beganMs = performance.now()
  await fill(large.url, { robots: 200, persons })
  console.log(`filled in ${((performance.now() - beganMs) / 1000).toFixed(0)} s; load ${loadavg()[0]?.toFixed(1)}`)
  if (process.env['KEEP']) {
    console.log(large.url)
    await new Promise((resolve) => setTimeout(resolve, 4000_000))
  }
  const empty = await measureCalls(small.url, '/conversations')
  const full = await measureCalls(large.url, '/conversations')
  console.log('| call | full | empty | ratio |\n|---|---|---|---|')
  console.log(describeCalls(empty, full).join('\n'))
  console.log(`load ${loadavg()[0]?.toFixed(1)}`)
} finally {
  await small.close()
  await large.close()
}
