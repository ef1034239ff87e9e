import type { EgressPolicy } from '@/lib/egress/create-egress-policy'
import { failWith } from '@/lib/errors'
import type { Db } from '@/lib/db/client'
import { fetchImage } from '@/lib/egress/fetch-image'
import { readMessageFile } from '@/lib/media/media'
import type { Refusal } from '@/lib/message/settle-message'
import type { Send } from '@/lib/message/claim-next-message'
import type { SendOutcome, WechatConnection } from '@/worker/wechat/port'

/** A send whose target and image are ready. */
export type PreparedSend = { call: () => Promise<SendOutcome> }

/** Checks the target, then fetches the image unless it is stored with the message; returns a refusal if either fails. Spec: A5 (the order of checks). */
export async function prepareSend(
  { db, egress }: { db: Db; egress: EgressPolicy },
  { send, connection }: { send: Send; connection: WechatConnection },
): Promise<PreparedSend | Refusal> {
  const { messageId, to, type, content } = send
  if (!to) return { state: 'refused', ...failWith('TARGET_NOT_FOUND', 'target_not_found') }
  if (!(await connection.canReach(to)))
    return { state: 'refused', ...failWith('TARGET_NOT_FOUND', 'contact_not_found') }
  if (type !== 'image') return { call: () => connection.sendText(to, content, { messageId }) }
  const stored = await readMessageFile(db, send)
  if (stored) return { call: () => connection.sendImage(to, stored, { messageId }) }
  const image = await fetchImage({ policy: egress, url: content })
  if (!image.ok) return { state: 'refused', ...failWith('IMAGE_UNUSABLE', 'image_unusable', { cause: image.sentence }) }
  return { call: () => connection.sendImage(to, image, { messageId }) }
}
