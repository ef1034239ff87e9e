import { requestCommand } from '@/lib/command/request-command'
import { requireCapability, takesCustomerGroups } from '@/lib/connection/capabilities'
import { AppError } from '@/lib/errors'
import { createQun } from '@/lib/qun/create-qun'
import { decodeGroupCode } from '@/lib/qun/group-code'
import { getQunOrThrow } from '@/lib/qun/get-qun'
import type { QunView } from '@/lib/qun/qun-view'
import { getAssistantOrThrow } from '@/lib/robot/get-assistant'
import type { Sealer } from '@/lib/secret'
import { runCommand } from '@/lib/actions/run-command'
import type { ActionContext } from '@/lib/actions/action-context'

const makeTimeoutMs = 20_000

type QunContext = ActionContext & { env: { QUN_ROOM_NAME: string }; sealer: Sealer }

/**
 * Creates a qun, or returns the existing one with this group code. Waits for its room if it can be created now: the assistant is online
 * and exactly one contact has the owner's name, or its company has a free customer group. Otherwise the qun is pending.
 * @throws INVALID_PARAMETER for a group code that does not decode, ASSISTANT_NOT_FOUND, ASSISTANT_NOT_READY without companions,
 * CODE_TAKEN, or WeChat's refusal; a repeated call retries. Spec: 请求建群, B4 (create a qun).
 */
export async function makeQun(
  ctx: QunContext,
  input: { code: string; owner: string; assistant: string },
): Promise<QunView> {
  const groupCode = decodeGroupCode(input.code)
  if (groupCode === null) throw new AppError('INVALID_PARAMETER', { reason: 'group_code_format', parameter: 'code' })
  const assistant = await getAssistantOrThrow(ctx.db, { username: input.assistant })
  const { id: robotId } = assistant
  const isGroupTaken = takesCustomerGroups(assistant.connection)
  if (!isGroupTaken) requireCapability(assistant.connection, 'makeRoom', 'ASSISTANT_NOT_READY')
  if (!isGroupTaken && assistant.companionCount === 0)
    throw new AppError('ASSISTANT_NOT_READY', { reason: 'no_companions' })
  const draft = { robotId, groupCode, ownerName: input.owner, nameTemplate: ctx.env.QUN_ROOM_NAME, sealer: ctx.sealer }
  const created = await ctx.db.transaction((tx) => createQun(tx, draft))
  if (created.state === 'pending' && assistant.status === 'online')
    await waitForRoom(ctx, { robotId, qunId: created.id })
  return getQunOrThrow(ctx.db, { qunId: created.id })
}

async function waitForRoom(ctx: ActionContext, { robotId, qunId }: { robotId: string; qunId: string }): Promise<void> {
  const command = { robotId, type: 'make_room', timeoutMs: makeTimeoutMs, payload: { qunId } } as const
  const { commandId } = await ctx.db.transaction((tx) => requestCommand(tx, command))
  try {
    await runCommand(ctx, { robotId, commandId, timeoutMs: makeTimeoutMs })
  } catch (error) {
    // Only WeChat's refusal fails the call; after any other error the room is created when the assistant can.
    const isRefused = error instanceof AppError && ['WECHAT_REFUSED', 'WECHAT_TOO_OFTEN'].includes(error.code)
    if (isRefused || !(error instanceof AppError)) throw error
    ctx.log.info({ qunId, code: error.code }, 'qun remains pending')
  }
}
