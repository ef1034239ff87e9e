import type { EgressPolicy } from '@/lib/egress/create-egress-policy'
import { fetchImage } from '@/lib/egress/fetch-image'
import type { Refusal } from '@/lib/message/settle-message'
import type { Send } from '@/lib/message/take-next-message'
import type { SendOutcome, WechatConnection } from '../wechat/port'

/** A send that only has to be made. */
export type PreparedSend = { call: () => Promise<SendOutcome> }

/**
 * Makes ready what can be made ready before anything is sent: checks the target, then fetches the picture (A5's order).
 * Answers the refusal when it cannot be sent.
 */
export async function prepareSend(
  { egress }: { egress: EgressPolicy },
  { send, connection }: { send: Send; connection: WechatConnection },
): Promise<PreparedSend | Refusal> {
  const { to, type, content } = send
  if (!to) return { state: 'refused', code: 'TARGET_NOT_FOUND', message: 'to_user 对应的微信群不存在' }
  if (!(await connection.canReach(to)))
    return { state: 'refused', code: 'TARGET_NOT_FOUND', message: 'to_user 不是这个机器人的联系人' }
  if (type !== 'image') return { call: () => connection.sendText(to, content) }
  const image = await fetchImage({ policy: egress, url: content })
  if (!image.ok) return { state: 'refused', code: 'IMAGE_UNUSABLE', message: `content 图片链接不可用：${image.reason}` }
  return { call: () => connection.sendImage(to, image) }
}
