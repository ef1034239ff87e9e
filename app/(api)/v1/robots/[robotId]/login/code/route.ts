import { enterLoginNumber } from '@/lib/actions/enter-login-number'
import { recordAudit } from '@/lib/audit/record-audit'
import { apiRoute, operation } from '@/lib/http/api-route'
import { enterLoginNumber as contract } from '@/lib/http/contract/ilink-contracts'
import { presentRobotDetail } from '@/lib/http/present-robot'
import { getRobotOrThrow } from '@/lib/robot/get-robot'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute('v1', [
  operation(contract, async ({ ctx, caller, who, parameters, requireRobot }) => {
    const { applicationId } = caller
    const { id: robotId } = requireRobot()
    await enterLoginNumber(ctx, { robotId, number: parameters.code, actor: who.actor }, (tx) =>
      recordAudit(tx, { ...who, action: 'robot.login_code', targetId: robotId }),
    )
    return { robot: presentRobotDetail(await getRobotOrThrow(ctx.db, { applicationId, robotId })) }
  }),
])
