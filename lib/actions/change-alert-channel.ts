import { z } from 'zod'
import { createChannel, planChange, removeChannel, updateChannel } from '@/lib/alert/change-channel'
import type { ChannelChange, ChannelFields } from '@/lib/alert/channel-fields'
import { type ChannelRow, type ChannelScope, getChannelOrThrow } from '@/lib/alert/find-channel'
import { requestTest } from '@/lib/alert/test-channel'
import { recordAudit, recordChange } from '@/lib/audit/record-audit'
import type { Tx } from '@/lib/db/client'
import { checkUrl } from '@/lib/egress/check-url'
import type { EgressPolicy } from '@/lib/egress/create-egress-policy'
import { resolveTarget } from '@/lib/egress/resolve-target'
import { AppError } from '@/lib/errors'
import { wakeAlertTest } from '@/lib/queue/wake'
import { getAnyRobotOrThrow, getRobotOrThrow } from '@/lib/robot/get-robot'
import type { Sealer } from '@/lib/secret'
import type { Sentence } from '@/lib/sentence'
import type { ActionContext } from '@/lib/actions/action-context'

type Who = { actor: string; peerAddress?: string }
type Context = { egress: EgressPolicy; sealer: Sealer; who: Who }

/** Maximum wait for the worker's result; longer than its attempt. */
const testTimeoutMs = 20_000

/**
 * Creates an alert channel and records it; `applicationId` null: of the installation.
 * @throws INVALID_PARAMETER for an address that the egress rules forbid or a robot without an owner; ROBOT_NOT_FOUND; as `createChannel`
 */
export async function createAlertChannel(
  tx: Tx,
  { who, ...context }: Context,
  { applicationId, fields }: { applicationId: string | null; fields: ChannelFields },
): Promise<ChannelRow> {
  await refuseTarget(context, fields)
  if (fields.type === 'robot_owner') await requireOwner(tx, applicationId, fields.robotId)
  const channel = await createChannel(tx, { ...context, applicationId, fields })
  const { id: targetId, type, name, kinds, language } = channel
  const detail = { applicationId, type, name, kinds, language }
  await recordAudit(tx, { ...who, action: 'alert_channel.create', targetId, detail })
  return channel
}

/**
 * Changes an alert channel and records it; an entry names changed secrets, never their values.
 * @throws NOT_FOUND outside the scope; INVALID_PARAMETER as `createAlertChannel`, or when the result does not fit the type
 */
export async function changeAlertChannel(
  tx: Tx,
  { who, ...context }: Context,
  { channelId, change, ...scope }: ChannelScope & { channelId: string; change: ChannelChange },
): Promise<ChannelRow> {
  const { sealer } = context
  const planned = await planChange(tx, { sealer, channelId, change, ...scope }).catch(throwNamed)
  const { before, fields, changedSecrets } = planned
  await refuseTarget(context, fields)
  const after = await updateChannel(tx, { sealer, channelId, fields })
  const entry = { ...who, action: 'alert_channel.update', targetId: channelId } as const
  if (changedSecrets.length > 0) await recordAudit(tx, { ...entry, detail: { changedSecrets } })
  await recordChange(tx, { ...entry, before: changeable(before), after: changeable(after) })
  return after
}

/** Deletes an alert channel and records it. @throws NOT_FOUND outside the scope */
export async function removeAlertChannel(
  tx: Tx,
  { who }: Pick<Context, 'who'>,
  options: ChannelScope & { channelId: string },
): Promise<ChannelRow> {
  const channel = await removeChannel(tx, options)
  const { id: targetId, type, name } = channel
  await recordAudit(tx, { ...who, action: 'alert_channel.remove', targetId, detail: { type, name } })
  return channel
}

/**
 * Makes a worker send a test message, and returns within 20 s why it failed; null: the service accepted it.
 * @throws NOT_FOUND outside the scope, or COMMAND_TIMEOUT when no worker responds; the test then stays due
 */
export async function testAlertChannel(
  ctx: Pick<ActionContext, 'db' | 'replies' | 'queue' | 'log'>,
  { who }: Pick<Context, 'who'>,
  { channelId, ...scope }: ChannelScope & { channelId: string },
): Promise<Sentence | null> {
  await requestAlertTest(ctx, { who }, { channelId, ...scope })
  const reply = await ctx.replies.wait(channelId, testTimeoutMs)
  if (!reply)
    throw new AppError('COMMAND_TIMEOUT', { reason: 'alert_test_late', params: { seconds: testTimeoutMs / 1000 } })
  const { failureReason: reason, failureParams: params } = await getChannelOrThrow(ctx.db, { channelId })
  return reason && (params ? { reason, params } : { reason })
}

/** Makes a worker send a test message and returns at once; the row shows how it ended. @throws NOT_FOUND outside the scope */
export async function requestAlertTest(
  ctx: Pick<ActionContext, 'db' | 'queue' | 'log'>,
  { who }: Pick<Context, 'who'>,
  { channelId, ...scope }: ChannelScope & { channelId: string },
): Promise<ChannelRow> {
  const channel = await ctx.db.transaction(async (tx) => {
    const found = await getChannelOrThrow(tx, { channelId, ...scope })
    await requestTest(tx, { channelId })
    await recordAudit(tx, { ...who, action: 'alert_channel.test', targetId: channelId })
    return found
  })
  await wakeAlertTest(ctx, channelId)
  return channel
}

/** The parts of a channel that an audit entry compares. */
function changeable({ name, language, kinds, isEnabled, settings }: ChannelRow) {
  return { name, language, kinds, isEnabled, ...settings }
}

/** A host that does not resolve now is accepted, as for callbacks: each connection checks it again. */
async function refuseTarget({ egress }: Pick<Context, 'egress'>, fields: ChannelFields): Promise<void> {
  const cause = await findProblem(egress, fields)
  const parameter = fields.type === 'email' ? 'settings.host' : 'secrets.url'
  if (cause) throw new AppError('INVALID_PARAMETER', { reason: 'alert_channel_unusable', params: { cause }, parameter })
}

async function findProblem(egress: EgressPolicy, fields: ChannelFields): Promise<Sentence | null> {
  if (fields.type === 'robot_owner') return null
  if (fields.type === 'email') {
    const { host, port } = fields.settings
    const target = await resolveTarget(egress, { hostname: host, port })
    return target.outcome === 'refused' ? target.reason.sentence : null
  }
  const checked = await checkUrl(egress, fields.secrets.url)
  return checked.ok ? null : checked.reason.sentence
}

async function requireOwner(tx: Tx, applicationId: string | null, robotId: string): Promise<void> {
  const reading = applicationId ? getRobotOrThrow(tx, { applicationId, robotId }) : getAnyRobotOrThrow(tx, { robotId })
  const { connection } = await reading
  if (connection !== 'ilink')
    throw new AppError('INVALID_PARAMETER', { reason: 'alert_owner_robot', parameter: 'robotId' })
}

/** Turns the issues of a channel's schema into a failure that names the fields; any other error stays as it is. */
export function throwNamed(error: unknown): never {
  if (!(error instanceof z.ZodError)) throw error
  const fieldOf = ({ path }: z.core.$ZodIssue) => path.findLast((part) => typeof part === 'string') ?? ''
  const names = [...new Set(error.issues.map(fieldOf))].join(', ')
  const parameter = error.issues[0]?.path.join('.') ?? ''
  throw new AppError('INVALID_PARAMETER', { reason: 'alert_channel_fields', params: { names }, parameter })
}
