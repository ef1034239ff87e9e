import { capabilitiesOf } from '@/lib/connection/capabilities'
import type { WebContext } from '@/lib/http/web-context'
import { listAssistants } from '@/lib/robot/get-assistant'

export type AssistantChoice = {
  robotId: string
  /** 微信号, unique among assistants. */
  username: string
  name: string
  isOnline: boolean
  isCustomerGroup: boolean
  /** Whether it can make no group because it has no starter contacts. */
  lacksStarters: boolean
}

const maxChoices = 500

/** Returns the assistants that can be chosen for a new group. */
export async function readAssistants({ db }: WebContext): Promise<AssistantChoice[]> {
  const assistants = await listAssistants(db, { limit: maxChoices })
  return assistants.map(({ id, username, nickname, status, connection, companionCount }) => {
    const isCustomerGroup = capabilitiesOf[connection].qunRoom === 'take'
    return {
      robotId: id,
      username,
      name: nickname || username,
      isOnline: status === 'online',
      isCustomerGroup,
      lacksStarters: !isCustomerGroup && companionCount === 0,
    }
  })
}
