import { listArticles } from '@/lib/article/articles'
import { apiRoute, operation } from '@/lib/http/api-route'
import { listArticles as contract } from '@/lib/http/contract/article-contracts'
import { presentArticle } from '@/lib/http/present-reply'

const pageSize = 50

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute('v1', [
  operation(contract, async ({ ctx, caller: { applicationId }, parameters: { page } }) => {
    const rows = { offset: (page - 1) * pageSize, limit: pageSize }
    const { rows: articles, total } = await listArticles(ctx.db, { applicationId, ...rows })
    return { articles: articles.map(presentArticle), total }
  }),
])
