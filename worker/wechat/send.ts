import type { Line } from './line'
import type { SendOutcome } from './port'
import type { RobotPuppet } from './robot-puppet'
import { toSendOutcome } from './wechat-errors'

/** What WeChat's web can show as a picture; anything else goes out as a file. */
const extensions: Record<string, string> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/gif': 'gif',
  'image/bmp': 'bmp',
}

/** Sends a text through the puppet. Never throws; `onFailure` sees what went wrong. */
export async function sendText(
  { puppet }: RobotPuppet,
  { to, text, onFailure }: { to: string; text: string; onFailure: (error: unknown) => void },
): Promise<SendOutcome> {
  try {
    return { outcome: 'taken', wechatId: (await puppet.messageSendText(to, text)) || null }
  } catch (error) {
    onFailure(error)
    return toSendOutcome(error, 'send')
  }
}

/** Uploads a picture, then sends it. Never throws. Uploads of one session collide: the caller lets one go at a time. */
export async function sendImage(
  { puppet }: RobotPuppet,
  {
    to,
    image,
    line,
    onFailure,
  }: { to: string; image: { bytes: Buffer; contentType: string }; line: Line; onFailure: (error: unknown) => void },
): Promise<SendOutcome> {
  const extension = extensions[image.contentType] ?? image.contentType.replace(/^.*\/|[^a-z0-9].*$/g, '')
  let stage: 'upload' | 'send' = 'upload'
  try {
    const file = await puppet.uploadFile(to, { bytes: image.bytes, name: `image.${extension || 'bin'}` })
    if (line.signal.aborted)
      return { outcome: 'unsent', code: 'WECHAT_UNREACHABLE', message: '连接已放开，图片没有发出' }
    stage = 'send'
    return { outcome: 'taken', wechatId: (await puppet.sendUploaded(to, file)) || null }
  } catch (error) {
    onFailure(error)
    return toSendOutcome(error, stage)
  }
}
