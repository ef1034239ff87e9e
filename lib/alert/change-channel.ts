import { count, eq, isNull } from 'drizzle-orm'
import type { Tx } from '@/lib/db/client'
import { lockKey } from '@/lib/db/lock-key'
import { alertChannels } from '@/lib/db/schema/alert'
import { AppError } from '@/lib/errors'
import { newId } from '@/lib/id'
import type { Sealer } from '@/lib/secret'
import { type ChannelChange, type ChannelFields, channelFields } from '@/lib/alert/channel-fields'
import {
  channelNotFound,
  type ChannelRow,
  type ChannelScope,
  getChannelOrThrow,
  openChannel,
  sealContext,
} from '@/lib/alert/find-channel'

/** Maximum channels of an application, and of the installation itself. */
export const maxChannels = 20

/** Creates a channel with sealed secrets. @throws ILLEGAL_ACTION at the maximum number */
export async function createChannel(
  tx: Tx,
  { sealer, applicationId, fields }: { sealer: Sealer; applicationId: string | null; fields: ChannelFields },
): Promise<ChannelRow> {
  await lockKey(tx, `alert-channels:${applicationId ?? ''}`)
  const isOwn = applicationId ? eq(alertChannels.applicationId, applicationId) : isNull(alertChannels.applicationId)
  const [counted] = await tx.select({ count: count() }).from(alertChannels).where(isOwn)
  if ((counted?.count ?? 0) >= maxChannels)
    throw new AppError('ILLEGAL_ACTION', { reason: 'alert_channel_limit', params: { max: maxChannels } })
  const { secrets, ...shown } = fields
  const id = newId('alertChannel')
  const secretsSealed = sealer.seal(JSON.stringify(secrets), sealContext(id))
  await tx.insert(alertChannels).values({ ...shown, id, applicationId, secretsSealed })
  return getChannelOrThrow(tx, { channelId: id })
}

/**
 * Returns the fields of a channel after a change, with its secrets opened; it is not stored yet, so that its new address can be checked.
 * @throws NOT_FOUND, or ZodError when the result is not a channel of its type
 */
export async function planChange(
  tx: Tx,
  { sealer, channelId, change, ...scope }: ChannelScope & { sealer: Sealer; channelId: string; change: ChannelChange },
): Promise<{ before: ChannelRow; fields: ChannelFields; changedSecrets: string[] }> {
  const before = await getChannelOrThrow(tx, { channelId, ...scope })
  const [row] = await tx.select().from(alertChannels).where(eq(alertChannels.id, channelId)).for('update')
  if (!row) throw channelNotFound()
  const stored = openChannel(row, sealer)
  const given = Object.entries(change.secrets ?? {}).filter(([, value]) => value)
  const fields = channelFields.parse({
    ...stored,
    ...withoutUndefined(change),
    settings: { ...stored.settings, ...change.settings },
    secrets: { ...stored.secrets, ...Object.fromEntries(given) },
  })
  return { before, fields, changedSecrets: given.map(([name]) => name) }
}

/** Stores planned fields; the last failure no longer counts. */
export async function updateChannel(
  tx: Tx,
  { sealer, channelId, fields }: { sealer: Sealer; channelId: string; fields: ChannelFields },
): Promise<ChannelRow> {
  const { secrets, type: _type, ...shown } = fields
  const secretsSealed = sealer.seal(JSON.stringify(secrets), sealContext(channelId))
  const noFailure = { failureReason: null, failureParams: null }
  await tx
    .update(alertChannels)
    .set({ ...shown, ...noFailure, secretsSealed })
    .where(eq(alertChannels.id, channelId))
  return getChannelOrThrow(tx, { channelId })
}

/** Deletes a channel with its notifications. @throws NOT_FOUND */
export async function removeChannel(
  tx: Tx,
  { channelId, ...scope }: ChannelScope & { channelId: string },
): Promise<ChannelRow> {
  const channel = await getChannelOrThrow(tx, { channelId, ...scope })
  await tx.delete(alertChannels).where(eq(alertChannels.id, channelId))
  return channel
}

function withoutUndefined<Values extends object>(values: Values): Partial<Values> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<Values>
}
