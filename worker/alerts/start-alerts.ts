import { newId } from '@/lib/id'
import { claimChannels, listDueAlerts, recordDeliveries } from '@/lib/alert/claim-deliveries'
import { composeMessage, composeTest } from '@/lib/alert/compose-message'
import { openChannel } from '@/lib/alert/find-channel'
import { listLateTests, readDueTest, recordTest } from '@/lib/alert/test-channel'
import type { Db } from '@/lib/db/client'
import type { alertChannels } from '@/lib/db/schema/alert'
import type { EgressPolicy } from '@/lib/egress/create-egress-policy'
import { openGuardedClient } from '@/lib/egress/open-guarded-client'
import type { Logger } from '@/lib/logger'
import type { Sealer } from '@/lib/secret'
import { type Sentence, sentenceOf } from '@/lib/sentence'
import { readAlertUrls } from '@/worker/alerts/alert-url'
import { deliverMessage } from '@/worker/alerts/deliver-message'
import { findAlerts, findDiskAlerts } from '@/worker/alerts/find-alerts'

/** Maximum time of one attempt; a claim of a channel and the wait of a request for a test are longer. */
const sendTimeoutMs = 15_000

type ChannelRow = typeof alertChannels.$inferSelect
type Options = {
  db: Db
  sealer: Sealer
  policy: EgressPolicy
  publicUrl: string
  log: Logger
  /** Folders whose disks are measured, in addition to those of the process. */
  folders: readonly string[]
  timeoutMs?: number
}

export type Alerts = {
  /** Opens and closes the alerts whose causes came or went. */
  find(): Promise<void>
  /** Sends due notifications, and tests whose wake was lost. */
  send(): Promise<void>
  /** Sends the test message of a channel if one is due. */
  sendTest(job: { channelId: string }): Promise<void>
  /** Ends messages in progress; they are sent again later. */
  stop(): void
}

/** Starts the alerts of this worker. Any number can run: a claim in the row gives each channel to one of them. Spec: D5 (alerts). */
export function startAlerts(options: Options): Alerts {
  const { db, sealer, publicUrl, log, policy, folders, timeoutMs = sendTimeoutMs } = options
  const client = openGuardedClient(policy)
  const context = { db, client, policy, log, timeoutMs }

  async function deliver(
    row: ChannelRow,
    ...message: [Parameters<typeof deliverMessage>[2], string]
  ): Promise<Sentence | null> {
    try {
      return await deliverMessage(context, openChannel(row, sealer), ...message)
    } catch (error) {
      log.error({ err: error, channelId: row.id }, 'an alert channel cannot be read')
      return sentenceOf('alert_channel_unreadable')
    }
  }

  async function sendDue(row: ChannelRow): Promise<void> {
    const due = await listDueAlerts(db, { channelId: row.id })
    const [first] = due
    if (!first) return
    const urlOf = await readAlertUrls(db, { due, sealer, publicUrl })
    const message = composeMessage(due, { language: row.language, urlOf })
    // The same for a repetition after a lost response, so that receivers can drop it.
    const problem = await deliver(row, message, `${first.id}.${first.phase}`)
    await recordDeliveries(db, { channelId: row.id, due, problem })
  }

  async function sendTest({ channelId }: { channelId: string }): Promise<void> {
    const row = await readDueTest(db, { channelId })
    if (!row) return
    const problem = await deliver(row, composeTest(row), newId('alert'))
    await db.transaction((tx) => recordTest(tx, { channelId, requestedAt: row.testRequestedAt, problem }))
  }

  return {
    async find() {
      await findAlerts(db)
      await findDiskAlerts(db, { folders })
    },
    async send() {
      const channels = await claimChannels(db)
      const late = await listLateTests(db)
      await Promise.all([...channels.map(sendDue), ...late.map((channelId) => sendTest({ channelId }))])
    },
    sendTest,
    stop: () => client.close(),
  }
}
