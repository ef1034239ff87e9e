import { apiRoute, operation } from '@/lib/http/api-route'
import { dryRunRules as contract } from '@/lib/http/contract/rule-contracts'
import { getRobotOrThrow } from '@/lib/robot/get-robot'
import { tryRules } from '@/lib/rule/try-rules'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute('v1', [
  operation(
    contract,
    async ({ ctx, caller: { applicationId }, parameters: { text, event, robot_id: robotId, qun_id: qunId } }) => {
      if (robotId !== null) await getRobotOrThrow(ctx.db, { applicationId, robotId })
      const match = await tryRules(ctx.db, {
        applicationId,
        type: event === 'joined' ? 'joined' : 'message',
        isFirstContact: event === 'first_message',
        text,
        robotId: robotId ?? '',
        qunId,
        personName: '小林',
        nowMs: Date.now(),
      })
      return { reply: match && { rule_id: match.ruleId, answer: match.answer, content: match.content } }
    },
  ),
])
