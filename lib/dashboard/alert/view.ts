import { eq } from 'drizzle-orm'
import { type ChannelRow, getChannelOrThrow, listChannels } from '@/lib/alert/find-channel'
import { type AlertRow, listAlerts } from '@/lib/alert/list-alerts'
import { listApplicationNames } from '@/lib/application/list-applications'
import type { Db } from '@/lib/db/client'
import { robots } from '@/lib/db/schema/robot'
import type { WebContext } from '@/lib/http/web-context'
import { readInstallationSettings } from '@/lib/installation/settings'
import { selectRobots } from '@/lib/robot/robot-view'
import type { Sentence } from '@/lib/sentence'

/** Maximum alerts that the page lists. */
const maxAlerts = 50
/** Maximum robots that the form offers. */
const maxRobots = 200

export type ChannelView = Pick<
  ChannelRow,
  'id' | 'applicationId' | 'type' | 'name' | 'language' | 'kinds' | 'isEnabled' | 'settings' | 'robotId'
> & {
  /** null: of the installation. */
  applicationName: string | null
  /** Why the last message failed; null: it did not. */
  problem: Sentence | null
  lastSentAt: string | null
  lastFailedAt: string | null
  createdAt: string
}

export type AlertView = Pick<AlertRow, 'id' | 'kind' | 'targetId' | 'params'> & {
  applicationName: string | null
  openedAt: string
  /** null: open. */
  closedAt: string | null
}

/** Returns the channels, the latest alerts and the thresholds. No channel shows its secrets. */
export async function readAlerts({ db, env }: WebContext) {
  const [channels, alerts, settings, robotRows] = await Promise.all([
    listChannels(db),
    listAlerts(db, { limit: maxAlerts }),
    readInstallationSettings(db),
    selectRobots(db, eq(robots.connection, 'ilink')).orderBy(robots.nickname, robots.id).limit(maxRobots),
  ])
  const names = await readNames(db, [...channels, ...alerts])
  const { waitingMinutes, diskPercent, databaseLimitGb } = settings
  return {
    channels: channels.map((channel) => viewChannel(channel, names)),
    alerts: alerts.map(({ id, kind, targetId, params, applicationId, openedAt, closedAt }): AlertView => ({
      id,
      kind,
      targetId,
      params,
      applicationName: nameOf(names, applicationId),
      openedAt: openedAt.toISOString(),
      closedAt: closedAt?.toISOString() ?? null,
    })),
    /** Robots that can write to their owners. */
    ownerRobots: robotRows.map(({ id, nickname, username, applicationId }) => ({
      id,
      name: nickname || username,
      applicationId,
    })),
    thresholds: { waitingMinutes, diskPercent, databaseLimitGb },
    /** The channel of ALERT_WEBHOOK_URL receives paused endpoints. */
    isVariableSet: env.ALERT_WEBHOOK_URL !== undefined,
  }
}

/** Returns one channel without its secrets. @throws NOT_FOUND */
export async function readChannel({ db }: WebContext, channelId: string): Promise<ChannelView> {
  const channel = await getChannelOrThrow(db, { channelId })
  return viewChannel(channel, await readNames(db, [channel]))
}

async function readNames(db: Db, rows: { applicationId: string | null }[]): Promise<Map<string, string>> {
  const ids = [...new Set(rows.flatMap(({ applicationId }) => applicationId ?? []))]
  const names = ids.length > 0 ? await listApplicationNames(db, { ids }) : []
  return new Map(names.map(({ id, name }) => [id, name]))
}

const nameOf = (names: Map<string, string>, id: string | null) => id && (names.get(id) ?? id)

function viewChannel(channel: ChannelRow, names: Map<string, string>): ChannelView {
  const {
    failureReason: reason,
    failureParams: params,
    lastSentAt,
    lastFailedAt,
    createdAt,
    testedAt: _,
    ...row
  } = channel
  return {
    ...row,
    applicationName: nameOf(names, channel.applicationId),
    problem: reason && (params ? { reason, params } : { reason }),
    lastSentAt: lastSentAt?.toISOString() ?? null,
    lastFailedAt: lastFailedAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
  }
}
