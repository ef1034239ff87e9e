import { splitText } from '@/lib/connection/text-parts'
import { capabilitiesOf } from '@/lib/connection/capabilities'
import { failWith } from '@/lib/errors'
import { sentenceOf } from '@/lib/sentence'
import type { OutgoingFile, SendOutcome } from '@/worker/wechat/port'
import { describeRefusal, isUnusableMedia, WecomError } from '@/worker/wecom/client/wecom-error'
import { sendResponse } from '@/worker/wecom/protocol/shapes'
import type { KfSession } from '@/worker/wecom/session/kf-session'

const sendMs = 15_000
const uploadMs = 30_000
const windowCount = capabilitiesOf.wecom_kf.replyWindow?.count ?? 0

type Target = {
  session: KfSession
  openKfId: string
  to: string
  /** Names the message on the wire, so that WeCom refuses a repeat and reports a later failure by it. */
  messageId: string
  onFailure: (error: unknown) => void
}

/** Sends a text in as many parts as it needs. A part that fails after the first leaves the outcome unknown. Never throws. */
export async function sendText(target: Target, text: string): Promise<SendOutcome> {
  const parts = splitText('wecom_kf', text)
  for (const [index, content] of parts.entries()) {
    const msgid = parts.length === 1 ? target.messageId : `${target.messageId}-${index + 1}`
    const outcome = await sendOne(target, msgid, { msgtype: 'text', text: { content } })
    if (outcome.outcome === 'accepted') continue
    if (index === 0) return outcome
    const params = { part: index + 1, count: parts.length, cause: outcome.sentence }
    return { outcome: 'unknown', sentence: sentenceOf('wecom_part_failed', params) }
  }
  return { outcome: 'accepted', wechatId: target.messageId }
}

/** Uploads a picture, then sends it. Never throws. */
export function sendImage(target: Target, image: { bytes: Buffer; contentType: string }): Promise<SendOutcome> {
  const fileName = `image.${image.contentType === 'image/png' ? 'png' : 'jpg'}`
  return sendUpload(target, 'image', { ...image, fileName })
}

/** Uploads a file, then sends it. Never throws. */
export function sendFile(target: Target, file: OutgoingFile): Promise<SendOutcome> {
  return sendUpload(target, 'file', file)
}

async function sendUpload(target: Target, type: 'image' | 'file', file: OutgoingFile): Promise<SendOutcome> {
  let mediaId: string
  try {
    mediaId = await target.session.client.upload(type, file, uploadMs)
  } catch (error) {
    target.onFailure(error)
    if (type === 'file' && isUnusableMedia(error))
      return { outcome: 'refused', ...failWith('WECHAT_REFUSED', 'file_not_taken') }
    return toSendOutcome(error, 'upload')
  }
  return sendOne(target, target.messageId, { msgtype: type, [type]: { media_id: mediaId } })
}

async function sendOne(
  { session, openKfId, to, onFailure }: Target,
  msgid: string,
  content: Record<string, unknown>,
): Promise<SendOutcome> {
  const body = { touser: to, open_kfid: openKfId, msgid, ...content }
  return post(session, { path: 'kf/send_msg', body, onFailure })
}

/** Sends the welcome text to a person who has just opened the chat, by the code of that entry. Never throws. */
export function sendWelcome(
  session: KfSession,
  { messageId: msgid, text, code }: { messageId: string; text: string; code: string },
): Promise<SendOutcome> {
  const body = { code, msgid, msgtype: 'text', text: { content: text } }
  const onFailure = (error: unknown) => session.log.warn({ err: error }, 'the welcome text could not be sent')
  return post(session, { path: 'kf/send_msg_on_event', body, onFailure })
}

async function post(
  { client }: KfSession,
  { path, body, onFailure }: { path: string; body: { msgid: string }; onFailure: (error: unknown) => void },
): Promise<SendOutcome> {
  try {
    sendResponse.parse(await client.post(path, body, sendMs))
    return { outcome: 'accepted', wechatId: body.msgid }
  } catch (error) {
    onFailure(error)
    return toSendOutcome(error, 'send')
  }
}

/** What a failed send means. While a picture is only being uploaded nothing was sent, whatever the result of the call. */
function toSendOutcome(error: unknown, stage: 'upload' | 'send'): SendOutcome {
  const reason = stage === 'upload' ? 'upload_unreadable' : 'wechat_unreadable'
  if (!(error instanceof WecomError)) return { outcome: 'refused', ...failWith('WECHAT_UNREADABLE', reason) }
  // No token, no send: the call itself never left.
  const isUnsent = stage === 'upload' || error.call === 'gettoken'
  switch (error.failure) {
    case 'unreachable':
      return { outcome: 'unsent', ...failWith('WECHAT_UNREACHABLE', 'wechat_unreachable') }
    case 'unanswered':
      return isUnsent
        ? { outcome: 'unsent', ...failWith('WECHAT_UNREACHABLE', 'upload_unanswered') }
        : { outcome: 'unknown', sentence: sentenceOf('sent_unanswered') }
    case 'unreadable':
      return { outcome: 'refused', ...failWith('WECHAT_UNREADABLE', reason) }
    case 'errcode':
      if (stage === 'upload' && isUnusableMedia(error))
        return { outcome: 'refused', ...failWith('IMAGE_UNUSABLE', 'image_not_shown') }
      return { outcome: 'refused', ...describeRefusal(error.errcode ?? 0, { windowCount }) }
  }
}
