import { getArticleOrThrow, listArticles, saveArticle } from '@/lib/article/articles'
import { recordAudit } from '@/lib/audit/record-audit'
import { apiRoute, operation } from '@/lib/http/api-route'
import { createArticle as createContract, listArticles as listContract } from '@/lib/http/contract/article-contracts'
import { presentArticle } from '@/lib/http/present-reply'

const pageSize = 50

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute('v1', [
  operation(listContract, async ({ ctx, caller: { applicationId }, parameters: { page } }) => {
    const rows = { offset: (page - 1) * pageSize, limit: pageSize }
    const { rows: articles, total } = await listArticles(ctx.db, { applicationId, ...rows })
    return { articles: articles.map(presentArticle), total }
  }),
  operation(createContract, ({ ctx, caller: { applicationId }, who, parameters }) =>
    ctx.db.transaction(async (tx) => {
      const { articleId } = await saveArticle(tx, { applicationId, articleId: null, ...parameters })
      const detail = { applicationId, title: parameters.title }
      await recordAudit(tx, { ...who, action: 'article.create', targetId: articleId, detail })
      return { article: presentArticle(await getArticleOrThrow(tx, { applicationId, articleId })) }
    }),
  ),
])
