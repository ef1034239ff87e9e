import { failWith } from '@/lib/errors'
import { sendFileMessage, sendImageMessage, sendTextMessage } from '@/worker/wechat/client/send-calls'
import { isShownImage, uploadFile, uploadImage } from '@/worker/wechat/client/upload'
import { toSendOutcome } from '@/worker/wechat/errors'
import type { OutgoingFile, SendOutcome } from '@/worker/wechat/port'
import type { WechatSession } from '@/worker/wechat/session/wechat-session'

type OnFailure = (error: unknown) => void

/** Sends a text. Never throws; `onFailure` receives the error. */
export async function sendText(
  { client }: WechatSession,
  { to, text, onFailure }: { to: string; text: string; onFailure: OnFailure },
): Promise<SendOutcome> {
  try {
    return { outcome: 'accepted', wechatId: (await sendTextMessage(client, to, text)) || null }
  } catch (error) {
    onFailure(error)
    return toSendOutcome(error, 'send')
  }
}

export type Upload = { to: string; onFailure: OnFailure }

/** Uploads an image, then sends it. Never throws. Concurrent uploads of one session collide, so the caller runs one at a time. */
export async function sendImage(
  session: WechatSession,
  { image, ...upload }: Upload & { image: { bytes: Buffer; contentType: string } },
): Promise<SendOutcome> {
  const { bytes, contentType } = image
  if (!isShownImage(contentType)) return { outcome: 'refused', ...failWith('IMAGE_UNUSABLE', 'image_not_shown') }
  return sendUpload(session, upload, {
    upload: ({ client }, to) => uploadImage(client, to, { bytes, contentType }),
    send: ({ client }, to, uploaded) => sendImageMessage(client, to, uploaded),
  })
}

/** Uploads a file, then sends it with its name, whatever its type. The same rules as for an image. */
export async function sendFile(
  session: WechatSession,
  { file, ...upload }: Upload & { file: OutgoingFile },
): Promise<SendOutcome> {
  const { fileName, bytes } = file
  return sendUpload(session, upload, {
    upload: ({ client }, to) => uploadFile(client, to, file),
    send: ({ client }, to, mediaId) => sendFileMessage(client, to, { mediaId, fileName, sizeBytes: bytes.length }),
  })
}

async function sendUpload<Uploaded>(
  session: WechatSession,
  { to, onFailure }: Upload,
  calls: {
    upload: (session: WechatSession, to: string) => Promise<Uploaded>
    send: (session: WechatSession, to: string, uploaded: Uploaded) => Promise<string>
  },
): Promise<SendOutcome> {
  let stage: 'upload' | 'send' = 'upload'
  try {
    const uploaded = await calls.upload(session, to)
    if (session.signal.aborted) return { outcome: 'unsent', ...failWith('WECHAT_UNREACHABLE', 'picture_not_sent') }
    stage = 'send'
    return { outcome: 'accepted', wechatId: (await calls.send(session, to, uploaded)) || null }
  } catch (error) {
    onFailure(error)
    return toSendOutcome(error, stage)
  }
}
