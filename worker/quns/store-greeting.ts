import type { Tx } from '@/lib/db/client'
import { type Greeting, hearGreeting } from '@/lib/membership/hear-greeting'
import { askRecount } from '@/lib/qun/record-progress'
import { writeQunEvent } from './tell-qun'

type Target = { robotId: string; publicUrl: string }
/** What follows the commit: lanes to wake, and whether quns have something to do. */
type Aftermath = { lanes: Set<string>; isWorkDue: boolean }

/** Reads a greeting or a private message for tokens and codes, in the transaction that stores it. */
export async function storeGreeting(
  tx: Tx,
  { robotId, publicUrl }: Target,
  greeting: Omit<Greeting, 'robotId'>,
  aftermath: Aftermath,
): Promise<void> {
  const heard = await hearGreeting(tx, { robotId, ...greeting })
  for (const qunId of heard.claimedQunIds) {
    const lane = await writeQunEvent(tx, publicUrl, { qunId, type: 'qun_owner_arrived' })
    if (lane) aftermath.lanes.add(lane)
  }
  aftermath.isWorkDue ||= heard.isWorkDue
}

/** Has the members counted of quns whose rooms changed. */
export async function storeRoomChange(tx: Tx, roomIds: string[], aftermath: Aftermath): Promise<void> {
  aftermath.isWorkDue = (await askRecount(tx, { roomIds })) || aftermath.isWorkDue
}
