import { and, count, desc, eq, or, sql } from 'drizzle-orm'
import { likePattern } from '@/lib/db/like-pattern'
import type { Db, Tx } from '@/lib/db/client'
import { lockKey } from '@/lib/db/lock-key'
import { articleEmbeddings, articles } from '@/lib/db/schema/reply'
import { AppError } from '@/lib/errors'
import { newId } from '@/lib/id'
import type { ParsedArticle } from '@/lib/article/parse-articles'
import { searchTerms } from '@/lib/article/search-terms'

/** Maximum articles of one application. */
const maxArticles = 5000

const { id, source, title, content, changedAt } = articles
const columns = { id, source, title, content, changedAt }
export type Article = { id: string; source: string; title: string; content: string; changedAt: Date }

const isOf = ({ applicationId, articleId }: { applicationId: string; articleId: string }) =>
  and(eq(articles.id, articleId), eq(articles.applicationId, applicationId))

/** Lists a page of an application's articles, latest first; `search` matches title, text and file. */
export async function listArticles(
  db: Db,
  { applicationId, search, offset, limit }: { applicationId: string; search?: string; offset: number; limit: number },
): Promise<{ rows: Article[]; total: number }> {
  const pattern = search ? likePattern(search) : null
  const matches =
    pattern === null
      ? undefined
      : or(sql`${title} ilike ${pattern}`, sql`${content} ilike ${pattern}`, sql`${source} ilike ${pattern}`)
  const where = and(eq(articles.applicationId, applicationId), matches)
  const rows = await db
    .select(columns)
    .from(articles)
    .where(where)
    .orderBy(desc(changedAt), desc(id))
    .limit(limit)
    .offset(offset)
  return { rows, total: await db.$count(articles, where) }
}

/** Returns an article of an application. @throws AppError NOT_FOUND */
export async function getArticleOrThrow(
  db: Db,
  article: { applicationId: string; articleId: string },
): Promise<Article> {
  const [row] = await db.select(columns).from(articles).where(isOf(article))
  if (!row) throw notFound()
  return row
}

/** Writes an article; `articleId` null: a new one. @throws AppError NOT_FOUND, ILLEGAL_ACTION at the maximum number of articles */
export async function saveArticle(
  tx: Tx,
  { applicationId, articleId, ...article }: ParsedArticle & { applicationId: string; articleId: string | null },
): Promise<{ articleId: string }> {
  const terms = searchTerms(`${article.title}\n${article.content}`)
  if (articleId === null) return { articleId: (await insert(tx, applicationId, '', [article]))[0]! }
  const changed = await tx
    .update(articles)
    .set({ ...article, terms, changedAt: sql`clock_timestamp()` })
    .where(isOf({ applicationId, articleId }))
    .returning({ id })
  if (changed.length === 0) throw notFound()
  await tx.delete(articleEmbeddings).where(eq(articleEmbeddings.articleId, articleId))
  return { articleId }
}

/** Replaces all articles of a file by those that it contains now. @throws AppError ILLEGAL_ACTION at the maximum number of articles */
export async function importArticles(
  tx: Tx,
  { applicationId, fileName, parsed }: { applicationId: string; fileName: string; parsed: ParsedArticle[] },
): Promise<{ count: number; removedCount: number }> {
  const removed = await tx
    .delete(articles)
    .where(and(eq(articles.applicationId, applicationId), eq(source, fileName)))
    .returning({ id })
  await insert(tx, applicationId, fileName, parsed)
  return { count: parsed.length, removedCount: removed.length }
}

/** @throws AppError NOT_FOUND */
export async function removeArticle(tx: Tx, article: { applicationId: string; articleId: string }): Promise<void> {
  const removed = await tx.delete(articles).where(isOf(article)).returning({ id })
  if (removed.length === 0) throw notFound()
}

async function insert(tx: Tx, applicationId: string, fileName: string, parsed: ParsedArticle[]): Promise<string[]> {
  await lockKey(tx, `articles:${applicationId}`)
  const [existing] = await tx.select({ count: count() }).from(articles).where(eq(articles.applicationId, applicationId))
  if ((existing?.count ?? 0) + parsed.length > maxArticles)
    throw new AppError('ILLEGAL_ACTION', { reason: 'article_limit', params: { max: maxArticles } })
  const rows = parsed.map((article) => ({
    ...article,
    id: newId('article'),
    applicationId,
    source: fileName,
    terms: searchTerms(`${article.title}\n${article.content}`),
  }))
  for (let start = 0; start < rows.length; start += 200)
    await tx.insert(articles).values(rows.slice(start, start + 200))
  return rows.map((row) => row.id)
}

function notFound(): AppError {
  return new AppError('NOT_FOUND', { reason: 'article_not_found', parameter: 'article_id' })
}
