import { updateApplication } from '@/lib/application/update-application'
import { recordAudit } from '@/lib/audit/record-audit'
import { dashboardRoute } from '../../dashboard-route'
import { applicationChange } from '../../forms'
import { readApplication } from '../../views/applications'
import { refuseForbiddenUrl } from '../refuse-forbidden-url'

export const GET = dashboardRoute({ ids: ['applicationId'] }, ({ ctx, ids }) => readApplication(ctx, ids.applicationId))

export const PATCH = dashboardRoute(
  { ids: ['applicationId'], body: applicationChange },
  async ({ ctx, ids: { applicationId }, who, body }) => {
    await refuseForbiddenUrl(ctx, body.callbackUrl)
    return ctx.db.transaction(async (tx) => {
      await updateApplication(tx, { applicationId, ...body })
      await recordAudit(tx, { ...who, action: 'application.update', targetId: applicationId, detail: body })
    })
  },
)
