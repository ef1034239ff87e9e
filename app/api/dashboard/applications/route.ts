import { createApplication } from '@/lib/application/create-application'
import { recordAudit } from '@/lib/audit/record-audit'
import { dashboardRoute } from '@/lib/dashboard/dashboard-route'
import { applicationForm } from '@/lib/dashboard/application/form'
import { applicationListQuery, readApplications } from '@/lib/dashboard/application/list'
import { refuseForbiddenUrl } from '@/lib/dashboard/application/refuse-forbidden-url'

export const GET = dashboardRoute({ query: applicationListQuery }, ({ ctx, query }) => readApplications(ctx, query))

export const POST = dashboardRoute({ body: applicationForm }, async ({ ctx, who, body }) => {
  await refuseForbiddenUrl(ctx, body.callbackUrl)
  return ctx.db.transaction(async (tx) => {
    const callbackUrl = body.callbackUrl ?? null
    const created = await createApplication(tx, { sealer: ctx.sealer, name: body.name, callbackUrl })
    const detail = { name: body.name, callbackUrl }
    await recordAudit(tx, { ...who, action: 'application.create', targetId: created.applicationId, detail })
    return created
  })
})
