import { createHmac } from 'node:crypto'
import { Webhook } from 'standardwebhooks'
import type { OpenChannel } from '@/lib/alert/find-channel'
import type { AlertMessage } from '@/lib/alert/compose-message'

export type HookRequest = { url: string; headers: Record<string, string>; body: string }
type HookChannel = Extract<OpenChannel, { type: 'feishu' | 'dingtalk' | 'wecom_group' | 'webhook' }>

/** What 企业微信 takes in one text, in bytes. */
const maxWecomBytes = 2048
/** What 飞书 and 钉钉 take with a margin, in bytes. */
const maxTextBytes = 15_000

const commonHeaders = {
  'content-type': 'application/json',
  accept: 'application/json',
  'accept-encoding': 'identity',
  'user-agent': 'wxbot (alerts)',
}

/** Composes the request that carries a message to a group robot or a webhook. `id` is the `webhook-id`. Spec: D5 (alerts). */
export function composeHookRequest(
  channel: HookChannel,
  message: AlertMessage,
  { id, nowMs }: { id: string; nowMs: number },
): HookRequest {
  const { type, secrets } = channel
  const content = (maxBytes: number) => truncate([message.title, message.text].filter(Boolean).join('\n'), maxBytes)
  const json = (value: object) => ({ url: secrets.url, headers: commonHeaders, body: JSON.stringify(value) })
  switch (type) {
    case 'feishu': {
      const signed = secrets.secret ? signFeishu(secrets.secret, nowMs) : {}
      return json({ ...signed, msg_type: 'text', content: { text: content(maxTextBytes) } })
    }
    case 'dingtalk': {
      const request = json({ msgtype: 'text', text: { content: content(maxTextBytes) } })
      return secrets.secret ? { ...request, url: signDingtalk(secrets.url, secrets.secret, nowMs) } : request
    }
    case 'wecom_group':
      return json({ msgtype: 'text', text: { content: content(maxWecomBytes) } })
    case 'webhook': {
      const request = json({ action: message.action, data: viewMessage(message) })
      const signature = new Webhook(secrets.signingSecret).sign(id, new Date(nowMs), request.body)
      const signed = { 'webhook-id': id, 'webhook-timestamp': String(Math.floor(nowMs / 1000)) }
      return { ...request, headers: { ...commonHeaders, ...signed, 'webhook-signature': signature } }
    }
  }
}

/** The key is the time and the secret; the signed text is empty. */
function signFeishu(secret: string, nowMs: number) {
  const timestamp = String(Math.floor(nowMs / 1000))
  return { timestamp, sign: createHmac('sha256', `${timestamp}\n${secret}`).digest('base64') }
}

/** The key is the secret; the signed text is the time and the secret. */
function signDingtalk(url: string, secret: string, nowMs: number): string {
  const signed = new URL(url)
  signed.searchParams.set('timestamp', String(nowMs))
  signed.searchParams.set('sign', createHmac('sha256', secret).update(`${nowMs}\n${secret}`).digest('base64'))
  return signed.href
}

function viewMessage({ title, text, items, moreCount }: AlertMessage) {
  return {
    title,
    text,
    alerts: items.map(({ id, kind, phase, applicationId, targetId, text: sentence, url, openedAt }) => ({
      id,
      kind,
      phase,
      application_id: applicationId,
      target_id: targetId,
      text: sentence,
      url,
      opened_at: openedAt.toISOString(),
    })),
    more_count: moreCount,
  }
}

/** Cuts a text to this many bytes of UTF-8, between two characters. */
function truncate(text: string, maxBytes: number): string {
  if (Buffer.byteLength(text) <= maxBytes) return text
  const bytes = Buffer.from(text).subarray(0, maxBytes - 3)
  return `${bytes.toString('utf8').replace(/\uFFFD+$/, '')}…`
}
