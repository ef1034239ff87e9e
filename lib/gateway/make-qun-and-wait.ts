import { requestCommand } from '@/lib/command/request-command'
import { AppError } from '@/lib/errors'
import { createQun } from '@/lib/qun/create-qun'
import { decodeCode } from '@/lib/qun/decode-code'
import { getQunOrThrow } from '@/lib/qun/get-qun'
import type { QunView } from '@/lib/qun/qun-view'
import { getAssistantOrThrow } from '@/lib/robot/get-assistant'
import { commandAndWait } from './command-and-wait'
import type { GatewayContext } from './gateway-context'

const makeTimeoutMs = 20_000

type QunContext = GatewayContext & { env: { QUN_ROOM_NAME: string } }

/**
 * Creates a qun, or finds the one of this code, and waits for its room where that can be made now: the assistant is online and exactly one
 * contact has the owner's name. Else it is pending and says so.
 * @throws INVALID_PARAMETER for a code that does not decode, ASSISTANT_NOT_FOUND, ASSISTANT_NOT_READY without companions,
 * CODE_TAKEN, or WeChat's refusal, which is kept; a repeat tries again. Spec: 请求建群, B4.
 */
export async function makeQunAndWait(
  ctx: QunContext,
  input: { code: string; owner: string; assistant: string },
): Promise<QunView> {
  const code = decodeCode(input.code)
  if (code === null)
    throw new AppError('INVALID_PARAMETER', '参数 code 须为 base64 编码的群号代码', { parameter: 'code' })
  const assistant = await getAssistantOrThrow(ctx.db, { username: input.assistant })
  const { id: robotId } = assistant
  if (assistant.companionCount === 0) throw new AppError('ASSISTANT_NOT_READY', '助手还没有设置同伴，暂时不能建群')
  const draft = { robotId, code, ownerName: input.owner, nameTemplate: ctx.env.QUN_ROOM_NAME }
  const made = await ctx.db.transaction((tx) => createQun(tx, draft))
  if (made.state === 'pending' && assistant.status === 'online') await awaitRoom(ctx, { robotId, qunId: made.id })
  return getQunOrThrow(ctx.db, { qunId: made.id })
}

async function awaitRoom(ctx: GatewayContext, { robotId, qunId }: { robotId: string; qunId: string }): Promise<void> {
  const command = { robotId, type: 'make_room', timeoutMs: makeTimeoutMs, payload: { qunId } } as const
  const { commandId } = await requestCommand(ctx.db, command)
  try {
    await commandAndWait(ctx, { robotId, commandId, timeoutMs: makeTimeoutMs })
  } catch (error) {
    // Whatever is not WeChat's no leaves it pending: it is made when the assistant can.
    const isRefused = error instanceof AppError && ['WECHAT_REFUSED', 'WECHAT_TOO_OFTEN'].includes(error.code)
    if (isRefused || !(error instanceof AppError)) throw error
    ctx.log.info({ qunId, code: error.code }, 'qun stays pending')
  }
}
