import { recordAudit } from '@/lib/audit/record-audit'
import { dashboardRoute } from '@/lib/dashboard/dashboard-route'
import { qunImportForm } from '@/lib/dashboard/qun/form'
import { importQuns } from '@/lib/qun/import-quns'
import { parseQunImport } from '@/lib/qun/parse-qun-import'

/** Requests the groups of a CSV file, all or none; or only checks it. */
export const POST = dashboardRoute({ body: qunImportForm }, ({ ctx, who, body: { content, isPreview } }) =>
  importQuns(ctx.db, {
    checked: parseQunImport(content),
    isPreview,
    nameTemplate: ctx.env.QUN_ROOM_NAME,
    sealer: ctx.sealer,
    record: (tx, { qunId, ...detail }) => recordAudit(tx, { ...who, action: 'qun.create', targetId: qunId, detail }),
  }),
)
