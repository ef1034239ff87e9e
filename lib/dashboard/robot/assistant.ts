import type { WebContext } from '@/lib/http/web-context'
import { getContactQr } from '@/lib/robot/contact-qr'
import { type LimitedOperation, listCooldowns } from '@/lib/robot/cooldown'
import { getAnyRobotOrThrow } from '@/lib/robot/get-robot'
import { listCompanions } from '@/lib/robot/companions'

export type AssistantView = {
  isAssistant: boolean
  acceptsNicknames: boolean
  /** `isByNickname`: identified by a nickname, which any person can choose. */
  companions: { name: string; isFound: boolean; isByNickname: boolean }[]
  hasContactQr: boolean
  cooldowns: { operation: LimitedOperation; until: string }[]
}

/** Returns the assistant settings of a robot. @throws AppError ROBOT_NOT_FOUND. */
export async function readAssistant({ db }: WebContext, robotId: string): Promise<AssistantView> {
  const { isAssistant, acceptsNicknames } = await getAnyRobotOrThrow(db, { robotId })
  const companions = await listCompanions(db, { robotId })
  const cooldowns = await listCooldowns(db, { robotId })
  return {
    isAssistant,
    acceptsNicknames,
    companions: companions.map(({ name, contactId, identifiedBy }) => ({
      name,
      isFound: contactId !== null,
      isByNickname: identifiedBy === 'nickname',
    })),
    hasContactQr: (await getContactQr(db, { robotId })) !== null,
    cooldowns: cooldowns.map(({ operation, until }) => ({ operation, until: until.toISOString() })),
  }
}
