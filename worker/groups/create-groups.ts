import type { Tx } from '@/lib/db/client'
import { type Greeting, handleGreeting } from '@/lib/membership/handle-greeting'
import { hasRequestedRoom, requestGroups, requestRecount } from '@/lib/qun/advance-qun'
import type { GroupContext, GroupRobot } from '@/worker/groups/assistant'
import { recordQunEvent } from '@/worker/groups/record-qun-event'
import { runGroupLoop } from '@/worker/groups/run-group-loop'

/** What merchant groups add to a robot: a loop, and hooks that run in the transaction that stores a batch of events. */
export function createGroups(context: GroupContext) {
  return {
    loop: (robot: GroupRobot): Promise<void> => runGroupLoop(context, robot),
    /** Looks for join tokens and codes in a private message or a greeting. Returns whether a step is due. */
    async onPrivateMessage(tx: Tx, greeting: Greeting): Promise<boolean> {
      const { claimedQunIds, isWorkDue } = await handleGreeting(tx, greeting)
      for (const qunId of claimedQunIds) await recordQunEvent(tx, context, { qunId, type: 'qun_owner_arrived' })
      return isWorkDue
    },
    /** Requests a recount of the groups of these rooms. Returns whether a step is due. */
    async onRoomsChanged(tx: Tx, { robotId, roomIds }: { robotId: string; roomIds: string[] }): Promise<boolean> {
      const isGroupDue = await requestGroups(tx, { robotId })
      return (await requestRecount(tx, { roomIds })) || isGroupDue || (await hasRequestedRoom(tx, { roomIds }))
    },
  }
}
