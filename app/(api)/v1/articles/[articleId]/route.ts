import { getArticleOrThrow, removeArticle, saveArticle } from '@/lib/article/articles'
import { recordAudit, recordChange } from '@/lib/audit/record-audit'
import { apiRoute, operation } from '@/lib/http/api-route'
import { removeArticle as removeContract, saveArticle as saveContract } from '@/lib/http/contract/article-contracts'
import { presentArticle } from '@/lib/http/present-reply'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute('v1', [
  operation(saveContract, ({ ctx, caller: { applicationId }, who, parameters, path }) =>
    ctx.db.transaction(async (tx) => {
      const article = { applicationId, articleId: path('articleId') }
      const { title, content } = await getArticleOrThrow(tx, article)
      await saveArticle(tx, { ...article, ...parameters })
      const change = { before: { title, content }, after: { ...parameters } }
      await recordChange(tx, { ...who, action: 'article.update', targetId: article.articleId, ...change })
      return { article: presentArticle(await getArticleOrThrow(tx, article)) }
    }),
  ),
  operation(removeContract, ({ ctx, caller: { applicationId }, who, path }) =>
    ctx.db.transaction(async (tx) => {
      const article = { applicationId, articleId: path('articleId') }
      const row = await getArticleOrThrow(tx, article)
      await removeArticle(tx, article)
      const detail = { applicationId, title: row.title }
      await recordAudit(tx, { ...who, action: 'article.delete', targetId: row.id, detail })
      return { article: presentArticle(row) }
    }),
  ),
])
