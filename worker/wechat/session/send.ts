import { failWith } from '@/lib/errors'
import type { WechatSession } from '@/worker/wechat/session/wechat-session'
import type { SendOutcome } from '@/worker/wechat/port'
import type { RobotPuppet } from '@/worker/wechat/client/robot-puppet'
import { toSendOutcome } from '@/worker/wechat/errors'

/** Image types that WeChat's web client shows; others would be sent as files. */
const extensions: Record<string, string> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/gif': 'gif',
  'image/bmp': 'bmp',
}

/** Sends a text through the puppet. Never throws; `onFailure` receives the error. */
export async function sendText(
  { puppet }: RobotPuppet,
  { to, text, onFailure }: { to: string; text: string; onFailure: (error: unknown) => void },
): Promise<SendOutcome> {
  try {
    return { outcome: 'accepted', wechatId: (await puppet.messageSendText(to, text)) || null }
  } catch (error) {
    onFailure(error)
    return toSendOutcome(error, 'send')
  }
}

/** Uploads an image, then sends it. Never throws. Concurrent uploads of one session collide, so the caller runs one at a time. */
export async function sendImage(
  { puppet }: RobotPuppet,
  {
    to,
    image,
    session,
    onFailure,
  }: {
    to: string
    image: { bytes: Buffer; contentType: string }
    session: WechatSession
    onFailure: (error: unknown) => void
  },
): Promise<SendOutcome> {
  const extension = extensions[image.contentType]
  if (!extension) return { outcome: 'refused', ...failWith('IMAGE_UNUSABLE', 'image_not_shown') }
  let stage: 'upload' | 'send' = 'upload'
  try {
    const file = await puppet.uploadFile(to, { bytes: image.bytes, name: `image.${extension}` })
    if (session.signal.aborted) return { outcome: 'unsent', ...failWith('WECHAT_UNREACHABLE', 'picture_not_sent') }
    stage = 'send'
    return { outcome: 'accepted', wechatId: (await puppet.sendUploaded(to, file)) || null }
  } catch (error) {
    onFailure(error)
    return toSendOutcome(error, stage)
  }
}
