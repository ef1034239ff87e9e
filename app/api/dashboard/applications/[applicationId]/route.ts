import type { ApplicationView } from '@/lib/application/application-view'
import { getApplicationOrThrow } from '@/lib/application/get-application'
import { updateApplication } from '@/lib/application/update-application'
import { changedFields } from '@/lib/audit/changed-fields'
import { recordAudit } from '@/lib/audit/record-audit'
import { dashboardRoute } from '../../dashboard-route'
import { applicationChange } from '../../forms'
import { readApplication } from '../../views/applications'
import { refuseForbiddenUrl } from '../refuse-forbidden-url'

const view = (application: ApplicationView) => ({ ...application, isDisabled: application.disabledAt !== null })

export const GET = dashboardRoute({ ids: ['applicationId'] }, ({ ctx, ids }) => readApplication(ctx, ids.applicationId))

export const PATCH = dashboardRoute(
  { ids: ['applicationId'], body: applicationChange },
  async ({ ctx, ids: { applicationId }, who, body }) => {
    await refuseForbiddenUrl(ctx, body.callbackUrl)
    return ctx.db.transaction(async (tx) => {
      const before = view(await getApplicationOrThrow(tx, { applicationId }))
      const after = view(await updateApplication(tx, { applicationId, ...body }))
      const detail = changedFields(before, after, ['name', 'callbackUrl', 'roomScope', 'eventTypes', 'isDisabled'])
      await recordAudit(tx, { ...who, action: 'application.update', targetId: applicationId, detail })
    })
  },
)
