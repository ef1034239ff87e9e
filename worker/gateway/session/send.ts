import { sent } from '@/worker/gateway/protocol/shapes'
import type { GatewaySession } from '@/worker/gateway/session/gateway-session'
import { toSendOutcome } from '@/worker/wechat/errors'
import type { SendOutcome } from '@/worker/wechat/port'

/** A text may take up to 30 s, an image also has to be fetched by the gateway. */
const textTimeoutMs = 30_000
const imageTimeoutMs = 60_000

type Target = { to: string; onFailure: (error: unknown) => void }

/** Sends a text. Never throws; `onFailure` receives the error. */
export async function sendText(session: GatewaySession, { to, onFailure }: Target, text: string): Promise<SendOutcome> {
  return post(session, 'postText', { toWxid: to, content: text }, { timeoutMs: textTimeoutMs, onFailure })
}

/** Sends an image by a link that is valid for this send only. Never throws; `onFailure` receives the error. */
export async function sendImage(
  session: GatewaySession,
  { to, onFailure }: Target,
  image: { bytes: Buffer; contentType: string },
): Promise<SendOutcome> {
  let file
  try {
    file = await session.store.shareFile(image)
  } catch (error) {
    onFailure(error)
    return toSendOutcome(error, 'upload')
  }
  try {
    const body = { toWxid: to, imgUrl: file.url }
    return await post(session, 'postImage', body, { timeoutMs: imageTimeoutMs, onFailure })
  } finally {
    void file.withdraw().catch(onFailure)
  }
}

async function post(
  { client, position }: GatewaySession,
  name: 'postText' | 'postImage',
  body: Record<string, unknown>,
  { timeoutMs, onFailure }: { timeoutMs: number; onFailure: (error: unknown) => void },
): Promise<SendOutcome> {
  try {
    const data = await client.call(`/message/${name}`, { appId: position?.appId, ...body }, { timeoutMs })
    return { outcome: 'accepted', wechatId: sent.parse(data).newMsgId || null }
  } catch (error) {
    onFailure(error)
    return toSendOutcome(error, 'send')
  }
}
