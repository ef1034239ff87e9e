import { requestCommand } from '@/lib/command/request-command'
import type { Tx } from '@/lib/db/client'
import { AppError } from '@/lib/errors'
import { getQunOrThrow } from '@/lib/qun/get-qun'
import type { QunView } from '@/lib/qun/qun-view'
import { type QunRequest, requestQun } from '@/lib/qun/request-qun'
import type { RobotScope } from '@/lib/robot/robot-scope'
import type { Sealer } from '@/lib/secret'
import { runCommand } from '@/lib/actions/run-command'
import type { ActionContext } from '@/lib/actions/action-context'

const makeTimeoutMs = 20_000

export type QunContext = ActionContext & { env: { QUN_ROOM_NAME: string }; sealer: Sealer }

/**
 * Creates a qun, or returns the existing one with this group code. Waits for its room if it can be created now: the assistant is online
 * and exactly one contact has the owner's name, or its company has a free customer group. Otherwise the qun is pending.
 * @param input.scope whose assistants may be named; missing: those of all applications
 * @param input.failsOnRefusal false: a refusal of WeChat leaves the qun pending, as any other obstacle does
 * @param record records a new qun in the transaction that creates it
 * @throws what `requestQun` throws, or WeChat's refusal; a repeated call retries. Spec: 请求建群, B4 (POST /wxbot/qun).
 */
export async function makeQun(
  ctx: QunContext,
  input: QunRequest & { scope?: RobotScope | undefined; failsOnRefusal?: boolean },
  record: (tx: Tx, qunId: string) => Promise<void> = async () => {},
): Promise<QunView & { isNew: boolean }> {
  const { failsOnRefusal = true, ...draft } = input
  const request = { ...draft, nameTemplate: ctx.env.QUN_ROOM_NAME, sealer: ctx.sealer }
  const created = await ctx.db.transaction(async (tx) => {
    const qun = await requestQun(tx, request)
    if (qun.isNew) await record(tx, qun.id)
    return qun
  })
  const { id: qunId, robotId } = created
  if (created.state === 'pending' && created.assistantStatus === 'online')
    await waitForRoom(ctx, { robotId, qunId, failsOnRefusal })
  return { ...(await getQunOrThrow(ctx.db, { qunId })), isNew: created.isNew }
}

async function waitForRoom(
  ctx: ActionContext,
  { robotId, qunId, failsOnRefusal }: { robotId: string; qunId: string; failsOnRefusal: boolean },
): Promise<void> {
  const command = { robotId, type: 'make_room', timeoutMs: makeTimeoutMs, payload: { qunId } } as const
  const { commandId } = await ctx.db.transaction((tx) => requestCommand(tx, command))
  try {
    await runCommand(ctx, { robotId, commandId, timeoutMs: makeTimeoutMs })
  } catch (error) {
    // Only WeChat's refusal fails the call; after any other error the room is created when the assistant can.
    if (!(error instanceof AppError)) throw error
    if (failsOnRefusal && ['WECHAT_REFUSED', 'WECHAT_TOO_OFTEN'].includes(error.code)) throw error
    ctx.log.info({ qunId, code: error.code }, 'qun remains pending')
  }
}
