import { getApplicationOrThrow } from '@/lib/application/get-application'
import { type Article, listArticles } from '@/lib/article/articles'
import type { WebContext } from '@/lib/http/web-context'
import type { Paged } from '@/lib/paging'
import { listQuery, rowsOf } from '@/lib/dashboard/list-query'

export const articlesQuery = listQuery({})

export type ArticleView = Omit<Article, 'changedAt'> & { changedAt: string }

/** Lists a page of an application's articles, latest first. */
export async function readArticles(
  { db }: WebContext,
  { applicationId, query }: { applicationId: string; query: { page: number; q?: string | undefined } },
): Promise<Paged<ArticleView>> {
  await getApplicationOrThrow(db, { applicationId })
  const { rows, total } = await listArticles(db, {
    applicationId,
    ...(query.q && { search: query.q }),
    ...rowsOf(query),
  })
  return { rows: rows.map((row) => ({ ...row, changedAt: row.changedAt.toISOString() })), total }
}
