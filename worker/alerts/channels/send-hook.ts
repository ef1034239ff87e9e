import type { AlertMessage } from '@/lib/alert/compose-message'
import type { OpenChannel } from '@/lib/alert/find-channel'
import type { EgressPolicy } from '@/lib/egress/create-egress-policy'
import type { GuardedClient } from '@/lib/egress/open-guarded-client'
import { type Sentence, sentenceOf } from '@/lib/sentence'
import { composeHookRequest } from '@/worker/alerts/channels/hook-request'
import { readResponse } from '@/worker/delivery/read-response'

type HookChannel = Extract<OpenChannel, { type: 'feishu' | 'dingtalk' | 'wecom_group' | 'webhook' }>
type Context = { client: GuardedClient; policy: EgressPolicy; signal: AbortSignal }

/** Maximum length of a service's own words in a stored reason. */
const maxDetailLength = 200

/**
 * Sends a message to a group robot or a webhook; null: the service accepted it. Redirects are failures.
 * @throws Error when the connection fails
 */
export async function sendHook(
  { client, policy, signal }: Context,
  channel: HookChannel,
  message: AlertMessage,
  id: string,
): Promise<Sentence | null> {
  const { url: address, headers, body } = composeHookRequest(channel, message, { id, nowMs: Date.now() })
  const url = new URL(address)
  const refused = policy.refuseUrl(url)
  if (refused) return refused.sentence
  const path = url.pathname + url.search
  const request = { url, path, method: 'POST', headers, body, pool: `alert:${channel.id}`, signal } as const
  const response = await client.send(request)
  const status = response.statusCode ?? 0
  const { text } = await readResponse(response)
  if (status >= 300 && status < 400) return sentenceOf('http_redirect', { status })
  if (status < 200 || status >= 300) return sentenceOf('http_status', { status })
  return channel.type === 'webhook' ? null : readRefusal(text)
}

/** Group robots respond 200 also to what they refuse: `code` or `StatusCode` of 飞书, `errcode` of the others. */
function readRefusal(text: string): Sentence | null {
  const response = parse(text)
  const code = response?.['errcode'] ?? response?.['code'] ?? response?.['StatusCode']
  if (code === 0) return null
  const words = response?.['errmsg'] ?? response?.['msg'] ?? response?.['StatusMessage']
  const detail = typeof words === 'string' ? words.slice(0, maxDetailLength) : ''
  if (typeof code !== 'number') return sentenceOf('alert_unreadable')
  return sentenceOf('alert_refused', { code: String(code), detail })
}

function parse(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null
  } catch {
    return null
  }
}
