import type { AlertMessage } from '@/lib/alert/compose-message'
import type { OpenChannel } from '@/lib/alert/find-channel'
import type { Db } from '@/lib/db/client'
import type { EgressPolicy } from '@/lib/egress/create-egress-policy'
import type { GuardedClient } from '@/lib/egress/open-guarded-client'
import type { Logger } from '@/lib/logger'
import { type Sentence, sentenceOf } from '@/lib/sentence'
import { describeMailFailure, sendMail } from '@/worker/alerts/channels/send-mail'
import { sendHook } from '@/worker/alerts/channels/send-hook'
import { sendToOwner } from '@/worker/alerts/channels/send-to-owner'
import { describeFailure } from '@/worker/delivery/describe-failure'

export type DeliverContext = { db: Db; client: GuardedClient; policy: EgressPolicy; log: Logger; timeoutMs: number }

/** Sends a message to a channel once, and returns why it failed; null: accepted. Never throws, and ends within `timeoutMs`. */
export async function deliverMessage(
  context: DeliverContext,
  channel: OpenChannel,
  message: AlertMessage,
  id: string,
): Promise<Sentence | null> {
  const { timeoutMs, log } = context
  const signal = AbortSignal.timeout(timeoutMs)
  const late = new Promise<Sentence>((resolve) =>
    signal.addEventListener('abort', () => resolve(sentenceOf('response_timeout', { seconds: timeoutMs / 1000 }))),
  )
  const sending = send({ ...context, signal }, channel, message, id).catch((error: unknown) => {
    log.warn({ err: error, channelId: channel.id }, 'sending an alert failed')
    return (channel.type === 'email' && describeMailFailure(error)) || describeFailure(error)
  })
  return Promise.race([sending, late])
}

async function send(
  context: DeliverContext & { signal: AbortSignal },
  channel: OpenChannel,
  message: AlertMessage,
  id: string,
): Promise<Sentence | null> {
  if (channel.type === 'email') return sendMail(context, channel, message, id)
  if (channel.type === 'robot_owner') return sendToOwner(context.db, channel, message, id)
  return sendHook(context, channel, message, id)
}
