// The reads of the API on Hono, with the statements of the product and nothing else: `fork('bench/hono-server.ts')`, which is
// sent the address of the database and sends back its port.
import { createHash } from 'node:crypto'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import postgres from 'postgres'

process.once('message', ({ databaseUrl }: { databaseUrl: string }) => open(databaseUrl))
process.on('disconnect', () => process.exit())

function open(databaseUrl: string): void {
  const sql = postgres(databaseUrl, { max: 20 })

  async function applicationOf(token: string): Promise<string> {
    const hash = createHash('sha256').update(token).digest('hex')
    const [match] = await sql`
      select t.id, t.application_id, t.rate_limit_per_minute from tokens t join applications a on a.id = t.application_id
      where t.hash = ${hash} and not t.is_callback_only and t.revoked_at is null
        and (t.expires_at is null or t.expires_at > clock_timestamp()) and a.disabled_at is null`
    return String(match?.['application_id'])
  }

  const selectRobot = (robotId: string, applicationId: string) => sql`
    select r.id, r.username, r.nickname, r.connection, coalesce(s.state::text, 'offline') as status
    from robots r left join sessions s on s.robot_id = r.id and s.state <> 'ended'
    where r.deleted_at is null and r.id = ${robotId} and r.application_id = ${applicationId}`

  const app = new Hono()
  app.get('/robots/:id', async (context) => {
    const applicationId = await applicationOf(context.req.query('token') ?? '')
    const [robot] = await selectRobot(context.req.param('id'), applicationId)
    return context.json({ retCode: 0, errorMsg: '', data: { robot } })
  })
  app.get('/robots/:id/rooms', async (context) => {
    const applicationId = await applicationOf(context.req.query('token') ?? '')
    const [robot] = await selectRobot(context.req.param('id'), applicationId)
    const rooms = await sql<{ id: string; name: string }[]>`
      select m.id, m.name, m.username, m.member_count, m.is_ambiguous, coalesce(b.is_bound, false) as is_bound, b.source, m.seen_at
      from rooms m left join bindings b on b.room_id = m.id
      where m.robot_id = ${robot?.['id'] as string} and m.gone_at is null order by m.name, m.id`
    const data = { rooms: rooms.map(({ id, name }) => ({ id, nickname: name })) }
    return context.json({ retCode: 0, errorMsg: '', data })
  })
  serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => process.send?.({ port }))
}
