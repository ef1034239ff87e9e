import { getApplicationOrThrow } from '@/lib/application/get-application'
import { saveArticle } from '@/lib/article/articles'
import { recordAudit } from '@/lib/audit/record-audit'
import { dashboardRoute } from '@/lib/dashboard/dashboard-route'
import { articlesQuery, readArticles } from '@/lib/dashboard/reply/articles'
import { articleForm } from '@/lib/dashboard/reply/form'

export const GET = dashboardRoute({ ids: ['applicationId'], query: articlesQuery }, ({ ctx, ids, query }) =>
  readArticles(ctx, { applicationId: ids.applicationId, query }),
)

export const POST = dashboardRoute(
  { ids: ['applicationId'], body: articleForm },
  ({ ctx, ids: { applicationId }, who, body }) =>
    ctx.db.transaction(async (tx) => {
      await getApplicationOrThrow(tx, { applicationId })
      const { articleId } = await saveArticle(tx, { applicationId, articleId: null, ...body })
      const detail = { applicationId, title: body.title }
      await recordAudit(tx, { ...who, action: 'article.create', targetId: articleId, detail })
      return { articleId }
    }),
)
