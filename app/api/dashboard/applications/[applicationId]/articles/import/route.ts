import { getApplicationOrThrow } from '@/lib/application/get-application'
import { importArticles } from '@/lib/article/articles'
import { parseArticles } from '@/lib/article/parse-articles'
import { recordAudit } from '@/lib/audit/record-audit'
import { dashboardRoute } from '@/lib/dashboard/dashboard-route'
import { importForm } from '@/lib/dashboard/reply/form'

export const POST = dashboardRoute(
  { ids: ['applicationId'], body: importForm },
  ({ ctx, ids: { applicationId }, who, body: { fileName, content } }) => {
    const parsed = parseArticles({ fileName, text: content })
    return ctx.db.transaction(async (tx) => {
      await getApplicationOrThrow(tx, { applicationId })
      const imported = await importArticles(tx, { applicationId, fileName, parsed })
      const detail = { fileName, ...imported }
      await recordAudit(tx, { ...who, action: 'article.import', targetId: applicationId, detail })
      return imported
    })
  },
)
