import { claimQun } from '@/lib/membership/claim-qun'
import { findByName } from '@/lib/membership/find-by-name'
import { meetContact } from '@/lib/membership/meet-contact'
import { getQunOrThrow } from '@/lib/qun/get-qun'
import { recordLookup } from '@/lib/qun/record-progress'
import type { OpenSession } from '../sessions/open-session'
import type { RobotLife } from '../sessions/robot-life'
import { done, type StepEnd } from './step-end'
import { tellQun } from './tell-qun'

/** Looks for the one contact that has the owner's name. Without exactly one the code has to come (B4). */
export async function lookUpOwner(life: RobotLife, session: OpenSession, qunId: string): Promise<StepEnd> {
  const { tenure } = life
  const listed = session.connection.contacts()
  // When the address book is here, its event has this looked up again.
  if (!listed) return { code: 'ASSISTANT_NOT_READY', message: '助手的通讯录还没有取回', isStopped: true }
  await tenure.write(async (tx) => {
    const qun = await getQunOrThrow(tx, { qunId })
    const match = findByName(listed, qun.ownerName)
    await recordLookup(tx, { qunId })
    if (qun.status !== 'pending_owner' || match.outcome !== 'one') return
    const { id: contactId } = await meetContact(tx, { robotId: tenure.robotId, person: match.contact })
    if (await claimQun(tx, { qunId, contactId })) await tellQun(tx, life, { qunId, type: 'qun_owner_arrived' })
  })
  return done
}
