import { recordChange } from '@/lib/audit/record-audit'
import { dashboardRoute } from '@/lib/dashboard/dashboard-route'
import { retentionForm } from '@/lib/dashboard/retention/form'
import { readRetention } from '@/lib/dashboard/retention/view'
import { readInstallationSettings, updateInstallationSettings } from '@/lib/installation/settings'

export const GET = dashboardRoute({}, ({ ctx }) => readRetention(ctx))

export const PATCH = dashboardRoute({ body: retentionForm }, ({ ctx, who, body }) =>
  ctx.db.transaction(async (tx) => {
    const before = await readInstallationSettings(tx)
    await updateInstallationSettings(tx, body)
    await recordChange(tx, { ...who, action: 'installation.update', targetId: 'installation', before, after: body })
  }),
)
