import { recordAudit } from '@/lib/audit/record-audit'
import { createOperator } from '@/lib/operator/create-operator'
import { newPassword } from '@/lib/operator/new-password'
import { dashboardRoute } from '../dashboard-route'
import { operatorForm } from '../forms'
import { readOperators } from '../views/operators'

export const GET = dashboardRoute({}, ({ ctx }) => readOperators(ctx))

export const POST = dashboardRoute({ body: operatorForm }, ({ ctx, who, body }) =>
  ctx.db.transaction(async (tx) => {
    const password = newPassword()
    const { operatorId } = await createOperator(tx, { ...body, password })
    await recordAudit(tx, { ...who, action: 'operator.create', targetId: operatorId, detail: body })
    return { operatorId, password }
  }),
)
