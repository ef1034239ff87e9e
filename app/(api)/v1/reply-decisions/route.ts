import { apiRoute, operation } from '@/lib/http/api-route'
import { listReplyDecisions as contract } from '@/lib/http/contract/decision-contracts'
import { presentDecision } from '@/lib/http/present-decision'
import { listDecisions } from '@/lib/reply/list-decisions'
import { getRobotOrThrow } from '@/lib/robot/get-robot'
import { getRuleOrThrow } from '@/lib/rule/change-rules'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute('v1', [
  operation(contract, async ({ ctx: { db }, caller: { applicationId }, parameters }) => {
    const { robot_id: robotId, rule_id: ruleId, outcome, cursor: beforeSequence, limit } = parameters
    if (robotId !== undefined) await getRobotOrThrow(db, { applicationId, robotId })
    if (ruleId !== undefined) await getRuleOrThrow(db, { applicationId, ruleId })
    const filters = { robotId, ruleId, outcome, beforeSequence }
    const { rows, nextCursor } = await listDecisions(db, { applicationId, ...filters, limit })
    return { decisions: rows.map(presentDecision), next_cursor: nextCursor === null ? null : String(nextCursor) }
  }),
])
