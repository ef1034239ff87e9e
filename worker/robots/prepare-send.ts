import type { EgressPolicy } from '@/lib/egress/create-egress-policy'
import { failWith } from '@/lib/errors'
import type { Db } from '@/lib/db/client'
import { fetchImage } from '@/lib/egress/fetch-image'
import { cleanFileName } from '@/lib/media/file-name'
import { readMessageFile } from '@/lib/media/media'
import type { Refusal } from '@/lib/message/settle-message'
import type { Send } from '@/lib/message/claim-next-message'
import { sentenceOf } from '@/lib/sentence'
import type { SendOutcome, WechatConnection } from '@/worker/wechat/port'

/** A send whose target and image are ready. */
export type PreparedSend = { call: () => Promise<SendOutcome> }

/** Checks the target, then fetches the image unless it is stored with the message; returns a refusal if either fails. Spec: A5 (return codes). */
export async function prepareSend(
  { db, egress }: { db: Db; egress: EgressPolicy },
  { send, connection }: { send: Send; connection: WechatConnection },
): Promise<PreparedSend | Refusal> {
  const { messageId, to, type, content } = send
  if (!to) return { state: 'refused', ...failWith('TARGET_NOT_FOUND', 'target_not_found') }
  if (!(await connection.canReach(to)))
    return { state: 'refused', ...failWith('TARGET_NOT_FOUND', 'contact_not_found') }
  if (type === 'text') return { call: () => connection.sendText(to, content, { messageId }) }
  const stored = await readMessageFile(db, send)
  if (type === 'other') return prepareFile(connection, { ...send, to }, stored)
  if (stored) return { call: () => connection.sendImage(to, stored, { messageId }) }
  const image = await fetchImage({ policy: egress, url: content })
  if (!image.ok) return { state: 'refused', ...failWith('IMAGE_UNUSABLE', 'image_unusable', { cause: image.sentence }) }
  return { call: () => connection.sendImage(to, image, { messageId }) }
}

/** A file is always stored with its message; retention may have deleted it since. */
function prepareFile(
  connection: WechatConnection,
  { to, messageId }: { to: string; messageId: string },
  stored: Awaited<ReturnType<typeof readMessageFile>>,
): PreparedSend | Refusal {
  if (!stored) return { state: 'refused', ...failWith('INTERNAL', 'file_deleted') }
  const file = { ...stored, fileName: cleanFileName(stored.fileName ?? '') }
  const { sendFile } = connection
  if (!sendFile)
    return { state: 'refused', ...failWith('ILLEGAL_ACTION', 'connection_lacks', { what: sentenceOf('ability_file') }) }
  return { call: () => sendFile.call(connection, to, file, { messageId }) }
}
