import { recordAudit } from '@/lib/audit/record-audit'
import { createOperator, newPassword } from '@/lib/operator/create-operator'
import { dashboardRoute } from '@/lib/dashboard/dashboard-route'
import { operatorForm } from '@/lib/dashboard/operator/form'
import { readOperators } from '@/lib/dashboard/operator/list'

export const GET = dashboardRoute({}, ({ ctx }) => readOperators(ctx))

export const POST = dashboardRoute({ body: operatorForm }, ({ ctx, who, body }) =>
  ctx.db.transaction(async (tx) => {
    const password = newPassword()
    const { operatorId } = await createOperator(tx, { ...body, password })
    await recordAudit(tx, { ...who, action: 'operator.create', targetId: operatorId, detail: body })
    return { operatorId, password }
  }),
)
