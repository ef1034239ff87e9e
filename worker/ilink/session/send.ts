import { failWith } from '@/lib/errors'
import { sentenceOf } from '@/lib/sentence'
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { encryptFile } from '@/worker/ilink/protocol/crypto'
import { sendResponse, uploadOrder } from '@/worker/ilink/protocol/shapes'
import type { IlinkSession } from '@/worker/ilink/session/ilink-session'
import { toSendOutcome } from '@/worker/ilink/session/outcomes'
import type { IlinkPosition } from '@/worker/ilink/session/position'
import { sleep } from '@/lib/retry'
import type { OutgoingFile, SendOutcome } from '@/worker/wechat/port'

const sendMs = 15_000
const uploadMs = 30_000
const uploadAttempts = 3
const uploadPauseMs = 500
/** Kinds of an upload. */
const imageMedia = 1
const fileMedia = 3

type Item = Record<string, unknown> & { type: number }
type Target = { session: IlinkSession; position: IlinkPosition; to: string; onFailure: (error: unknown) => void }

/** Sends a text. Never throws; `onFailure` receives the error. */
export function sendText(target: Target, text: string): Promise<SendOutcome> {
  return sendItem(target, { type: 1, text_item: { text } })
}

/** Encrypts, uploads and sends an image. Never throws; `onFailure` receives the error. */
export function sendImage(target: Target, bytes: Buffer): Promise<SendOutcome> {
  return sendUpload(target, bytes, imageMedia, (media, sizeBytes) => ({
    type: 2,
    image_item: { media, mid_size: sizeBytes },
  }))
}

/** Encrypts, uploads and sends a file with its name. Never throws; `onFailure` receives the error. */
export function sendFile(target: Target, { bytes, fileName }: OutgoingFile): Promise<SendOutcome> {
  return sendUpload(target, bytes, fileMedia, (media) => ({
    type: 4,
    file_item: { media, file_name: fileName, len: String(bytes.length) },
  }))
}

/** `itemOf`: the item of the message, from the reference to the upload and its encrypted size. */
async function sendUpload(
  target: Target,
  bytes: Buffer,
  mediaType: number,
  itemOf: (media: object, sizeBytes: number) => Item,
): Promise<SendOutcome> {
  const key = randomBytes(16)
  const encrypted = encryptFile(bytes, key)
  let param: string | SendOutcome
  try {
    param = await upload(target, { bytes, encrypted, key, mediaType })
  } catch (error) {
    target.onFailure(error)
    return toSendOutcome(error, 'upload')
  }
  if (typeof param !== 'string') return param
  const aesKey = Buffer.from(key.toString('hex')).toString('base64')
  const media = { encrypt_query_param: param, aes_key: aesKey, encrypt_type: 1 }
  return sendItem(target, itemOf(media, encrypted.length))
}

/** Uploads an encrypted file; returns the parameter with which a message refers to it, or the outcome of a refusal. */
async function upload(
  { session: { client, log, signal }, position: { baseUrl, token }, to }: Target,
  { bytes, encrypted, key, mediaType }: { bytes: Buffer; encrypted: Buffer; key: Buffer; mediaType: number },
): Promise<string | SendOutcome> {
  const fileKey = randomBytes(16).toString('hex')
  const call = { origin: baseUrl, path: '/ilink/bot/getuploadurl', timeoutMs: sendMs, token }
  const order = uploadOrder.parse(
    await client.post(call, {
      filekey: fileKey,
      media_type: mediaType,
      to_user_id: to,
      rawsize: bytes.length,
      rawfilemd5: createHash('md5').update(bytes).digest('hex'),
      filesize: encrypted.length,
      no_need_thumb: true,
      aeskey: key.toString('hex'),
    }),
  )
  const target = order.upload_full_url ? { fullUrl: order.upload_full_url } : { param: order.upload_param, fileKey }
  for (let attempt = 1; ; attempt++) {
    const { status, param, refusal } = await client.upload(target, encrypted, uploadMs)
    if (status === 200 && param) return param
    log.warn({ status, refusal: refusal.slice(0, 200) }, 'iLink refused an upload')
    if (status >= 400 && status < 500)
      return { outcome: 'refused', ...failWith('WECHAT_REFUSED', 'upload_refused', { status }) }
    if (attempt >= uploadAttempts) return { outcome: 'refused', ...failWith('WECHAT_UNREADABLE', 'upload_unreadable') }
    await sleep(uploadPauseMs, signal)
  }
}

async function sendItem({ session, position, to, onFailure }: Target, item: Item): Promise<SendOutcome> {
  const { baseUrl, token, contexts } = position
  const call = { origin: baseUrl, path: '/ilink/bot/sendmessage', timeoutMs: sendMs, token }
  const msg = {
    from_user_id: '',
    to_user_id: to,
    client_id: `wxbot-${randomUUID()}`,
    message_type: 2,
    message_state: 2,
    context_token: contexts[to] ?? '',
    item_list: [item],
  }
  try {
    const { message_id: wechatId } = sendResponse.parse(await session.client.post(call, { msg }))
    // A success without an id was observed for messages that never arrived.
    if (!wechatId) return { outcome: 'unknown', sentence: sentenceOf('taken_without_id') }
    return { outcome: 'accepted', wechatId }
  } catch (error) {
    onFailure(error)
    return toSendOutcome(error, 'send')
  }
}
