import { fetchImage } from '@/lib/egress/fetch-image'
import type { MessageEnd } from '@/lib/message/settle-message'
import type { Send } from '@/lib/message/take-next-message'
import type { SendOutcome, WechatConnection } from '../wechat/port'
import type { WorkerContext } from './context'

const maxTries = 3

/**
 * Sends one message that is committed as `sending`, and says how it ended.
 * Only what provably never left is tried again (G1). `mayCall` is asked before each call to WeChat.
 */
export async function sendMessage(
  context: Pick<WorkerContext, 'egress'>,
  input: { send: Send; connection: WechatConnection; mayCall: () => boolean },
): Promise<MessageEnd> {
  const { send, connection, mayCall } = input
  const { to } = send
  if (!to) return { state: 'refused', code: 'TARGET_NOT_FOUND', message: 'to_user 对应的微信群不存在' }
  const prepared = await prepare(context, send)
  if ('state' in prepared) return prepared

  for (let tryNumber = 1; ; tryNumber++) {
    if (!mayCall()) return { state: 'cancelled', code: 'INTERNAL', message: '机器人已由其它进程接管，未发送' }
    const outcome = await prepared.call(connection, to)
    if (outcome.outcome !== 'unsent' || tryNumber === maxTries) return endOf(outcome)
    await new Promise((resolve) => setTimeout(resolve, 1000 * tryNumber))
  }
}

type Prepared = { call: (connection: WechatConnection, to: string) => Promise<SendOutcome> }

async function prepare(context: Pick<WorkerContext, 'egress'>, send: Send): Promise<Prepared | MessageEnd> {
  if (send.type !== 'image') return { call: (connection, to) => connection.sendText(to, send.content) }
  const image = await fetchImage({ policy: context.egress, url: send.content })
  if (!image.ok) return { state: 'refused', code: 'IMAGE_UNUSABLE', message: `content 图片链接不可用：${image.reason}` }
  return { call: (connection, to) => connection.sendImage(to, image) }
}

function endOf(outcome: SendOutcome): MessageEnd {
  switch (outcome.outcome) {
    case 'taken':
      return { state: 'sent', wechatId: outcome.wechatId }
    case 'refused':
    case 'unsent':
      return { state: 'refused', code: outcome.code, message: outcome.message }
    case 'unknown':
      return { state: 'unknown', code: 'OUTCOME_UNKNOWN', message: outcome.message }
  }
}
