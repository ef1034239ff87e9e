import type { WebContext } from '@/lib/http/web-context'
import { getAssistantCode } from '@/lib/robot/assistant-code'
import { type LimitedOperation, listCooldowns } from '@/lib/robot/cooldown'
import { getAnyRobotOrThrow } from '@/lib/robot/get-robot'
import { listCompanions } from '@/lib/robot/set-companions'

export type AssistantView = {
  isAssistant: boolean
  companions: { name: string; isFound: boolean }[]
  hasCode: boolean
  cooldowns: { operation: LimitedOperation; until: string }[]
}

/** A robot as assistant. @throws AppError ROBOT_NOT_FOUND. */
export async function readAssistant({ db }: WebContext, robotId: string): Promise<AssistantView> {
  const { isAssistant } = await getAnyRobotOrThrow(db, { robotId })
  const companions = await listCompanions(db, { robotId })
  const cooldowns = await listCooldowns(db, { robotId })
  return {
    isAssistant,
    companions: companions.map(({ name, contactId }) => ({ name, isFound: contactId !== null })),
    hasCode: (await getAssistantCode(db, { robotId })) !== null,
    cooldowns: cooldowns.map(({ operation, until }) => ({ operation, until: until.toISOString() })),
  }
}
