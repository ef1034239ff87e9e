import { randomBytes } from 'node:crypto'
import { createChannel } from '@/lib/alert/change-channel'
import { type ChannelFields, channelFields } from '@/lib/alert/channel-fields'
import { alertKinds } from '@/lib/db/types'
import { createEgressPolicy } from '@/lib/egress/create-egress-policy'
import { createLogger } from '@/lib/logger'
import { createSealer } from '@/lib/secret'
import { createTestDatabase } from '@/lib/testing/test-database'
import { startAlerts } from '@/worker/alerts/start-alerts'

type Given = { type: ChannelFields['type'] } & Record<string, unknown>

/** A database with the alerts of one worker; receivers on this machine are allowed unless `allow` says otherwise. */
export async function openAlerts({ allow = ['127.0.0.1'], timeoutMs = 5000 } = {}) {
  const database = await createTestDatabase()
  const { db, sql } = database
  const sealer = createSealer([{ id: 'k1', key: randomBytes(32) }])
  const alerts = startAlerts({
    db,
    sealer,
    policy: createEgressPolicy({ allow, ownPorts: [] }),
    publicUrl: 'https://wxbot.example',
    log: createLogger({ level: 'silent', process: 'test' }),
    folders: [],
    timeoutMs,
  })
  return {
    db,
    sql,
    alerts,
    /** Creates a channel; by default of the installation, for all kinds. */
    async givenChannel(given: Given, applicationId: string | null = null): Promise<string> {
      const fields = channelFields.parse({ name: '值班', kinds: alertKinds, ...given })
      const { id } = await db.transaction((tx) => createChannel(tx, { sealer, applicationId, fields }))
      return id
    },
    /** Looks for causes, and sends due notifications at once. */
    async run(): Promise<void> {
      await alerts.find()
      await sql`update alert_channels set next_send_at = now()`
      await alerts.send()
    },
    /** Moves the clock of everything about alerts ahead. */
    async pass(seconds: number): Promise<void> {
      await sql`update alerts set cleared_at = cleared_at - make_interval(secs => ${seconds}),
        opened_at = opened_at - make_interval(secs => ${seconds})`
      await sql`update alert_deliveries set next_attempt_at = next_attempt_at - make_interval(secs => ${seconds})`
    },
    readChannels: () => sql<{ failureReason: string | null; failureParams: object | null }[]>`
      select failure_reason as "failureReason", failure_params as "failureParams" from alert_channels`,
    async close(): Promise<void> {
      alerts.stop()
      await database.drop()
    },
  }
}
