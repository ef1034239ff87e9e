import type { GroupSettings } from '@/worker/groups/assistant'
import { createGroups } from '@/worker/groups/create-groups'
import type { BatchHooks, WorkerContext } from '@/worker/robots/context'
import { createModelStage } from '@/worker/replies/answer-with-model'
import { createReplies } from '@/worker/replies/create-replies'
import { runContactLoop } from '@/worker/robots/loops/contact-loop'
import { runHandoverLoop } from '@/worker/robots/loops/handover-loop'
import { runLoginLoop } from '@/worker/robots/loops/login-loop'
import { runSendLoop } from '@/worker/robots/loops/send-loop'
import { RobotPool } from '@/worker/robots/robot-pool'

type Options = Omit<WorkerContext, keyof BatchHooks> & {
  groups: GroupSettings
  /** Origin of the simulator, whose model the egress guard admits; absent: there is none. */
  simulatorOrigin?: string | undefined
}

/** Creates the pool with all loops and hooks. `worker/robots`, `worker/groups` and `worker/replies` meet only here. */
export function createRobotPool({ groups: settings, simulatorOrigin, ...context }: Options): RobotPool {
  const { db, log, publicUrl, sealer, egress } = context
  const { loop, onPrivateMessage, onRoomsChanged } = createGroups({ ...settings, db, log, publicUrl })
  const { answerWithModel } = createModelStage({ db, log, sealer, egress, simulatorOrigin })
  const replyLoop = createReplies({ db, log, publicUrl, answerWithModel })
  return new RobotPool(
    { ...context, onPrivateMessage, onRoomsChanged },
    {
      send: runSendLoop,
      others: [runLoginLoop, loop, runContactLoop, replyLoop, runHandoverLoop],
    },
  )
}
