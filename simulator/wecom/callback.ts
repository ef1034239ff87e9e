import { randomInt } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { encryptCallback, signCallback } from '@/simulator/wecom/encrypt'
import { type WecomCallback, wecomNowMs, wecomOf } from '@/simulator/wecom/data'
import { randomHex } from '@/simulator/world/random'
import { touchWorld, type World } from '@/simulator/world/world'
import { WorldError } from '@/simulator/world/world-error'

const timeoutMs = 5_000
const attempts = 3
const retryMs = 300
const syncTokenLifeMs = 10 * 60_000

/** Saves the callback settings as the console does: WeCom first verifies the URL. @throws CONFLICT if it does not respond correctly */
export async function saveCallback(world: World, callback: WecomCallback): Promise<void> {
  const { corpId } = wecomOf(world)
  const text = String(randomInt(10 ** 12, 10 ** 13))
  const encrypted = encryptCallback(callback.aesKey, text, corpId)
  const url = signedUrl(callback, encrypted)
  url.searchParams.set('echostr', encrypted)
  const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) }).catch((error: unknown) => {
    throw new WorldError('CONFLICT', `the callback URL cannot be reached: ${String(error)}`)
  })
  const echoed = await response.text()
  if (response.status !== 200 || echoed !== text)
    throw new WorldError('CONFLICT', `the callback URL answered ${response.status} ${echoed.slice(0, 100)}`)
  wecomOf(world).callback = callback
  touchWorld(world)
}

/** Announces entries of an account to the app's callback URL, in the background and with the faults ordered. */
export function announce(world: World, openKfId: string): void {
  const token = `ENC${randomHex(16)}`
  wecomOf(world).syncTokens[token] = wecomNowMs(world) + syncTokenLifeMs
  announceEvent(
    world,
    `<Event><![CDATA[kf_msg_or_event]]></Event><Token><![CDATA[${token}]]></Token><OpenKfId><![CDATA[${openKfId}]]></OpenKfId>`,
  )
}

/** Sends an event, given by its own elements, to the app's callback URL, in the background and with the faults ordered. */
export function announceEvent(world: World, elements: string): void {
  const { callback, callbackFaults, callbackCounts } = wecomOf(world)
  if (!callback) return
  if (Math.random() < callbackFaults.lossRate) {
    callbackCounts.lost += 1
    return
  }
  for (let copy = 0; copy <= callbackFaults.repeats; copy++)
    void post(world, callback, { elements, delayMs: Math.random() * callbackFaults.maxDelayMs })
}

async function post(
  world: World,
  callback: WecomCallback,
  { elements, delayMs }: { elements: string; delayMs: number },
): Promise<void> {
  const { corpId, agentId, callbackCounts } = wecomOf(world)
  const text = `<xml><ToUserName><![CDATA[${corpId}]]></ToUserName><CreateTime>${Math.floor(Date.now() / 1000)}</CreateTime><MsgType><![CDATA[event]]></MsgType>${elements}</xml>`
  const encrypted = encryptCallback(callback.aesKey, text, corpId)
  const url = signedUrl(callback, encrypted)
  const body = `<xml><ToUserName><![CDATA[${corpId}]]></ToUserName><Encrypt><![CDATA[${encrypted}]]></Encrypt><AgentID><![CDATA[${agentId}]]></AgentID></xml>`
  if (delayMs > 0) await delay(delayMs)
  for (let attempt = 1; attempt <= attempts; attempt++) {
    callbackCounts.sent += 1
    const response = await fetch(url, { method: 'POST', body, signal: AbortSignal.timeout(timeoutMs) }).catch(
      () => null,
    )
    await response?.body?.cancel()
    if (response?.status === 200) return
    await delay(retryMs)
  }
  callbackCounts.failed += 1
}

function signedUrl({ url, token }: WecomCallback, encrypted: string): URL {
  const signed = new URL(url)
  const timestamp = String(Math.floor(Date.now() / 1000))
  const nonce = String(randomInt(10 ** 9, 10 ** 10))
  signed.searchParams.set('msg_signature', signCallback(token, timestamp, nonce, encrypted))
  signed.searchParams.set('timestamp', timestamp)
  signed.searchParams.set('nonce', nonce)
  return signed
}
