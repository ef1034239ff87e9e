import type { ChannelChange } from '@/lib/alert/channel-fields'
import type { ChannelRow } from '@/lib/alert/find-channel'
import type { AlertRow } from '@/lib/alert/list-alerts'
import type { CreateChannelParameters, UpdateChannelParameters } from '@/lib/http/contract/alert-contracts'
import { contractText } from '@/lib/sentence'

export function presentChannel(channel: ChannelRow) {
  const { id, type, name, kinds, language, isEnabled, robotId, lastSentAt, lastFailedAt } = channel
  const { failureReason: reason, failureParams: params } = channel
  return {
    id,
    type,
    name,
    kinds,
    language,
    enabled: isEnabled,
    robot_id: robotId,
    last_sent_at: lastSentAt?.toISOString() ?? null,
    last_failed_at: lastFailedAt?.toISOString() ?? null,
    problem: reason ? contractText(params ? { reason, params } : { reason }) : '',
  }
}

export function presentAlert({ id, kind, targetId, openedAt, closedAt }: AlertRow) {
  const closed = closedAt?.toISOString() ?? null
  return { id, kind, target_id: targetId, opened_at: openedAt.toISOString(), closed_at: closed }
}

/** Returns the parameters of a new channel in our names; `channelFields` reads those of its type. */
export function readChannel({ enabled, url, secret, mail, robot_id, ...same }: CreateChannelParameters) {
  const { user = '', ...settings } = mail ?? {}
  const secrets = { url, secret, signingSecret: secret, user, password: secret }
  return { ...same, isEnabled: enabled, settings, secrets, robotId: robot_id }
}

/** Returns the parameters of a change in our names; undefined: unchanged. */
export function readChange({ enabled, url, secret, mail, ...same }: UpdateChannelParameters): ChannelChange {
  const { user, ...settings } = mail ?? {}
  const secrets = { url, secret, signingSecret: secret, user, password: secret }
  return { ...same, isEnabled: enabled, settings, secrets }
}
