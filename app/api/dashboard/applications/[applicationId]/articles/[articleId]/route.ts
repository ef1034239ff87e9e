import { getArticleOrThrow, removeArticle, saveArticle } from '@/lib/article/articles'
import { recordAudit, recordChange } from '@/lib/audit/record-audit'
import { dashboardRoute } from '@/lib/dashboard/dashboard-route'
import { articleForm } from '@/lib/dashboard/reply/form'

export const PATCH = dashboardRoute(
  { ids: ['applicationId', 'articleId'], body: articleForm },
  ({ ctx, ids, who, body }) =>
    ctx.db.transaction(async (tx) => {
      const { title, content } = await getArticleOrThrow(tx, ids)
      await saveArticle(tx, { ...ids, ...body })
      const change = { before: { title, content }, after: { ...body } }
      await recordChange(tx, { ...who, action: 'article.update', targetId: ids.articleId, ...change })
    }),
)

export const DELETE = dashboardRoute({ ids: ['applicationId', 'articleId'] }, ({ ctx, ids, who }) =>
  ctx.db.transaction(async (tx) => {
    const { title } = await getArticleOrThrow(tx, ids)
    await removeArticle(tx, ids)
    const detail = { applicationId: ids.applicationId, title }
    await recordAudit(tx, { ...who, action: 'article.delete', targetId: ids.articleId, detail })
  }),
)
