import { callbackPath } from '@/lib/connector/connector-types'
import { openGatewayPolicy } from '@/lib/egress/create-egress-policy'
import { readTestTime } from '@/lib/gateway/receive-callback'
import { sleep } from '@/lib/retry'
import { sentenceOf } from '@/lib/sentence'
import type { ConnectorCheck } from '@/worker/connectors/connector-checks'
import { GatewayClient } from '@/worker/gateway/client/gateway-client'
import { WechatCallError } from '@/worker/wechat/errors'

const callTimeoutMs = 10_000
/** A gateway posts a test to its callback URL at once. */
const testWithinMs = 6_000
const lookPauseMs = 200

/**
 * Sets the callback URL of the gateway, which shows whether its address and token are right, and waits for the test that the gateway then
 * posts there, which shows whether it reaches us.
 */
export const checkGateway: ConnectorCheck<'gateway'> = async (connector, { db, env, signal }) => {
  const { id: connectorId, settings, secrets, callbackKey } = connector
  const ending = new AbortController()
  const client = new GatewayClient({
    access: { ...settings, ...secrets },
    egress: openGatewayPolicy(env),
    isLeaseValid: () => true,
    signal: AbortSignal.any([signal, ending.signal]),
  })
  const callbackUrl = env.PUBLIC_URL + callbackPath('gateway', callbackKey)
  const before = await readTestTime(db, { connectorId })
  try {
    const body = { token: secrets.token, callbackUrl }
    await client.call('/login/setCallback', body, { timeoutMs: callTimeoutMs })
  } catch (error) {
    return [describe(error, settings.baseUrl)]
  } finally {
    ending.abort()
  }
  const endMs = performance.now() + testWithinMs
  while (performance.now() < endMs && !signal.aborted) {
    const last = await readTestTime(db, { connectorId })
    if (last && (!before || last > before)) return []
    await sleep(lookPauseMs, signal)
  }
  return [sentenceOf('gateway_no_callback', { url: env.PUBLIC_URL })]
}

function describe(error: unknown, address: string) {
  if (!(error instanceof WechatCallError)) throw error
  const { failure, detail } = error
  if (failure === 'ret') return sentenceOf('gateway_refused', { detail })
  if (failure === 'unreachable') return sentenceOf('gateway_unreachable', { address, detail })
  if (failure === 'unanswered') return sentenceOf('gateway_silent', { address, detail })
  return sentenceOf('gateway_unreadable', { address, detail })
}
