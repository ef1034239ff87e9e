import { recordChange } from '@/lib/audit/record-audit'
import { thresholdForm } from '@/lib/dashboard/alert/form'
import { readAlerts } from '@/lib/dashboard/alert/view'
import { dashboardRoute } from '@/lib/dashboard/dashboard-route'
import { readInstallationSettings, updateInstallationSettings } from '@/lib/installation/settings'

export const GET = dashboardRoute({}, ({ ctx }) => readAlerts(ctx))

export const PATCH = dashboardRoute({ body: thresholdForm }, ({ ctx, who, body }) =>
  ctx.db.transaction(async (tx) => {
    const before = await readInstallationSettings(tx)
    await updateInstallationSettings(tx, body)
    await recordChange(tx, { ...who, action: 'installation.update', targetId: 'installation', before, after: body })
  }),
)
