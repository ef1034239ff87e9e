import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { alertChannels } from '@/lib/db/schema/alert'
import { AppError } from '@/lib/errors'
import type { Sealer } from '@/lib/secret'
import { type ChannelFields, channelFields } from '@/lib/alert/channel-fields'

/** The columns of a channel that may leave the server: all except its sealed secrets. */
export const channelColumns = {
  id: alertChannels.id,
  applicationId: alertChannels.applicationId,
  type: alertChannels.type,
  name: alertChannels.name,
  language: alertChannels.language,
  kinds: alertChannels.kinds,
  isEnabled: alertChannels.isEnabled,
  settings: alertChannels.settings,
  robotId: alertChannels.robotId,
  lastSentAt: alertChannels.lastSentAt,
  lastFailedAt: alertChannels.lastFailedAt,
  failureReason: alertChannels.failureReason,
  failureParams: alertChannels.failureParams,
  testedAt: alertChannels.testedAt,
  createdAt: alertChannels.createdAt,
}

export type ChannelRow = Pick<typeof alertChannels.$inferSelect, keyof typeof channelColumns>

/** Maximum channels that are listed. */
const maxListed = 1000

/** undefined: of all applications and the installation. */
export type ChannelScope = { applicationId?: string | null }

function inScope({ applicationId }: ChannelScope) {
  if (applicationId === undefined) return undefined
  return applicationId === null ? isNull(alertChannels.applicationId) : eq(alertChannels.applicationId, applicationId)
}

/** Lists channels without their secrets, oldest first, those of the installation before those of applications. */
export async function listChannels(db: Db, scope: ChannelScope = {}): Promise<ChannelRow[]> {
  return db
    .select(channelColumns)
    .from(alertChannels)
    .where(inScope(scope))
    .orderBy(sql`application_id is not null`, asc(alertChannels.createdAt), asc(alertChannels.id))
    .limit(maxListed)
}

/** Returns a channel of the scope without its secrets. @throws NOT_FOUND */
export async function getChannelOrThrow(db: Db, { channelId, ...scope }: ChannelScope & { channelId: string }) {
  const isMatch = and(eq(alertChannels.id, channelId), inScope(scope))
  const [channel] = await db.select(channelColumns).from(alertChannels).where(isMatch)
  if (!channel) throw channelNotFound()
  return channel
}

export function channelNotFound(): AppError {
  return new AppError('NOT_FOUND', { reason: 'alert_channel_not_found', parameter: 'channelId' })
}

/** A channel with its secrets opened. Only for sending to it. */
export type OpenChannel = ChannelFields & { id: string; applicationId: string | null }

/** Opens the secrets of a row. @throws Error if no configured key opens them */
export function openChannel(row: typeof alertChannels.$inferSelect, sealer: Sealer): OpenChannel {
  const secrets = JSON.parse(sealer.open(row.secretsSealed, sealContext(row.id))) as unknown
  const { id, applicationId, type, name, language, kinds, isEnabled, settings, robotId } = row
  const fields = channelFields.parse({ type, name, language, kinds, isEnabled, settings, robotId, secrets })
  return { ...fields, id, applicationId }
}

export const sealContext = (channelId: string) => `alert-channel:${channelId}`
