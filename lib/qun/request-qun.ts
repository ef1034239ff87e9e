import { capabilitiesOf, requireCapability } from '@/lib/connection/capabilities'
import type { Tx } from '@/lib/db/client'
import { AppError } from '@/lib/errors'
import { createQun, type Qun } from '@/lib/qun/create-qun'
import { decodeGroupCode } from '@/lib/qun/group-code'
import { getAssistantOrThrow } from '@/lib/robot/get-assistant'
import type { RobotScope } from '@/lib/robot/robot-scope'
import type { RobotStatus } from '@/lib/robot/robot-view'
import type { Sealer } from '@/lib/secret'

/** `name`: missing for the name of the template. */
export type QunRequest = { code: string; owner: string; assistant: string; name?: string | undefined }

/**
 * Records a request for a group; an existing group with this code is returned. The same checks for the API, the
 * dashboard, the command line and imported files.
 * @param request.scope whose assistants may be named; missing: those of all applications
 * @throws INVALID_PARAMETER for a group code that does not decode or a name in use, ASSISTANT_NOT_FOUND, ASSISTANT_NOT_READY without
 * companions, CODE_TAKEN. Spec: 请求建群, B4 (POST /wxbot/qun).
 */
export async function requestQun(
  tx: Tx,
  request: QunRequest & { scope?: RobotScope | undefined; nameTemplate: string; sealer: Sealer },
): Promise<Qun & { isNew: boolean; assistantStatus: RobotStatus }> {
  const groupCode = decodeGroupCode(request.code)
  if (groupCode === null) throw new AppError('INVALID_PARAMETER', { reason: 'group_code_format', parameter: 'code' })
  const assistant = await getAssistantOrThrow(tx, { username: request.assistant, scope: request.scope })
  const { id: robotId, connection, companionCount } = assistant
  if (capabilitiesOf[connection].qunRoom !== 'take') {
    requireCapability(connection, 'makeRoom', 'ASSISTANT_NOT_READY')
    if (companionCount === 0)
      throw new AppError('ASSISTANT_NOT_READY', { reason: 'no_companions', parameter: 'assistant' })
  }
  const { owner: ownerName, name: givenName, nameTemplate, sealer } = request
  const isOwnName = givenName !== undefined && capabilitiesOf[connection].qunRoom === 'take'
  const draft = { robotId, groupCode, ownerName, givenName, isRenameDue: isOwnName, nameTemplate, sealer }
  const qun = await createQun(tx, draft)
  return { ...qun, assistantStatus: assistant.status }
}
