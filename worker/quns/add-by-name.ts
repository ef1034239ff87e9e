import type { CommandPayload } from '@/lib/db/types'
import { askMembership } from '@/lib/membership/ask-membership'
import { askWithToken } from '@/lib/membership/ask-with-token'
import { findByName } from '@/lib/membership/find-by-name'
import { meetContact } from '@/lib/membership/meet-contact'
import type { OpenSession } from '../sessions/open-session'
import type { RobotLife } from '../sessions/robot-life'
import { addMember } from './add-member'
import { done, type StepEnd } from './step-end'

/** Lets the one contact of this nickname or remark in. Spec: 请求入群, B6. */
export async function addByName(
  life: RobotLife,
  session: OpenSession,
  { qunId, joinTokenId, memberName = '' }: CommandPayload,
): Promise<StepEnd> {
  const { tenure } = life
  const listed = session.connection.contacts()
  if (!listed) return { code: 'ASSISTANT_NOT_READY', message: '助手的通讯录还没有取回，请稍后再试' }
  const match = findByName(listed, memberName)
  if (match.outcome === 'none') return { code: 'MEMBER_NOT_FOUND', message: '群员不在助手的通讯录里' }
  if (match.outcome === 'several')
    return { code: 'MEMBER_NOT_FOUND', message: '助手的通讯录里有多个同名的群员，请使用备注' }
  const asked = await tenure.write(async (tx) => {
    const { id: contactId } = await meetContact(tx, { robotId: tenure.robotId, person: match.contact })
    return joinTokenId ? askWithToken(tx, { qunId, contactId, joinTokenId }) : askMembership(tx, { qunId, contactId })
  })
  if (!asked) return { code: 'JOIN_TOKEN_SPENT', message: '入群令牌已用完' }
  return asked.state === 'joined' ? done : addMember(life, session, asked.id)
}
