// Measures a claim of a lane with many waiting rooms, compared with a claim of a lane with four events: `npx tsx bench/lane-claims.ts [pending]`.
// The claims alternate, so that both meet the same load; only their ratio counts.
import { loadavg } from 'node:os'
import { applicationLane } from '@/lib/callback/delivery/lane'
import { claimEvents } from '@/lib/callback/delivery/claim-events'
import { openDatabase } from '@/bench/callbacks/open-database'
import { openTenants } from '@/bench/callbacks/open-tenants'
import { percentile } from '@/bench/callbacks/percentile'

const pending = Number(process.argv[2] ?? 200_000)
const roomCounts = [50, 2000, 50_000]
const times = 200

const database = await openDatabase()
const tenants = await openTenants({ databaseUrl: database.url, redisUrl: null })
const { db, sql } = tenants
console.log(`${pending} pending events, load average ${loadavg()[0]?.toFixed(1)}`)
try {
  const few = await tenants.addApplication('http://127.0.0.1:9/cb', 1)
  const fewLane = applicationLane(few.applicationId)
  await sql`insert into callback_events (id, application_id, lane, type, data)
    select 'evt_few_' || n, ${few.applicationId}, ${fewLane}, 'send_message', '{"room_id":""}' from generate_series(1, 4) as n`
  for (const roomCount of roomCounts) {
    const { applicationId, rooms } = await tenants.addApplication('http://127.0.0.1:9/cb', 1)
    const lane = applicationLane(applicationId)
    const robot = await sql`select robot_id from rooms where id = ${rooms[0]?.roomId ?? ''}`
    const roomId = (n: unknown) => sql`'room_' || ${roomCount}::text || '_' || ${n as never}`
    await sql`insert into rooms (id, robot_id, name) select ${roomId(sql`n`)}, ${robot[0]?.['robot_id']}, ''
      from generate_series(0, ${roomCount - 1}::int) as n`
    await sql.begin(async (tx) => {
      await tx`set local statement_timeout = 0`
      await tx`insert into callback_events (id, application_id, lane, type, room_id, data, next_attempt_at)
      select 'evt_' || ${roomCount}::text || '_' || n, ${applicationId}, ${lane}, 'send_message', ${roomId(sql`n % ${roomCount}::int`)},
        '{"room_id":""}', clock_timestamp() - (${pending}::int - n) * interval '1 millisecond'
      from generate_series(1, ${pending}::int) as n`
    })
    await sql`analyze callback_events`
    const took = { few: [] as number[], full: [] as number[] }
    const claim = async (key: keyof typeof took, of: string) => {
      const beganMs = performance.now()
      // Each claim ends at once, so that the next one finds the same events.
      const events = await claimEvents(db, { lane: of, limit: 4, claimSeconds: 0 })
      took[key].push(performance.now() - beganMs)
      if (events.length !== 4) throw new Error(`${key} lane: ${events.length} events claimed`)
    }
    for (let n = 0; n < times; n++) {
      await claim('few', fewLane)
      await claim('full', lane)
    }
    const [fewMs, fullMs] = [percentile(took.few, 0.5), percentile(took.full, 0.5)]
    console.log(
      `${roomCount} rooms: p50 ${fullMs.toFixed(2)} ms, four events ${fewMs.toFixed(2)} ms, ratio ${(fullMs / fewMs).toFixed(2)}`,
    )
  }
} finally {
  await tenants.close()
  await database.close()
}
