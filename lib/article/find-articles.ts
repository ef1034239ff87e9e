import { sql } from 'drizzle-orm'
import { vectorLiteral } from '@/lib/article/article-embeddings'
import { type FoundArticle, searchArticles } from '@/lib/article/search-articles'
import type { Db } from '@/lib/db/client'

/** Maximum articles that are compared by meaning without pgvector, the latest ones: about half a second for 1,536 dimensions. */
const maxCompared = 1000
/** Maximum articles that are compared with pgvector: all that an application can have. */
const maxComparedByExtension = 5000
/** Cosine below which an article is about something else. */
const minSimilarity = 0.3
/** Maximum articles that each of the two searches returns. */
const maxRanked = 20
/** Weakens the first ranks, so that an article that both searches find comes first. Source: reciprocal rank fusion, Cormack 2009. */
const rankOffset = 60

/** The meaning of a question, comparable with vectors of the same origin. */
export type Meaning = { origin: string; vector: number[] }

/**
 * Returns the articles of an application that fit a question best, by its words and, unless `meaning` is null, by its meaning: the ranks of
 * both searches are combined. All articles are found by words, by meaning those with a vector of the same origin, without pgvector a maximum of 1,000.
 */
export async function findArticles(
  db: Db,
  {
    applicationId,
    question,
    meaning,
    limit,
  }: { applicationId: string; question: string; meaning: Meaning | null; limit: number },
): Promise<FoundArticle[]> {
  if (meaning === null) return searchArticles(db, { applicationId, question, limit })
  const byWords = await searchArticles(db, { applicationId, question, limit: maxRanked })
  const byMeaning = await searchByMeaning(db, { applicationId, meaning })
  const combined = new Map<string, FoundArticle>()
  for (const ranked of [byWords, byMeaning])
    for (const [index, article] of ranked.entries()) {
      const score = (combined.get(article.id)?.score ?? 0) + 1 / (rankOffset + index)
      combined.set(article.id, { ...article, score })
    }
  return [...combined.values()].toSorted((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1)).slice(0, limit)
}

/** Compares exactly: with pgvector where the database has it, otherwise in SQL. */
async function searchByMeaning(
  db: Db,
  { applicationId, meaning: { origin, vector } }: { applicationId: string; meaning: Meaning },
): Promise<FoundArticle[]> {
  const [extension] = await db.execute<{ exists: boolean }>(sql`select to_regtype('vector') is not null as exists`)
  const question = sql`${vectorLiteral(vector)}::real[]`
  const similarity = extension?.exists
    ? sql`1 - (vector::vector <=> ${question}::vector)`
    : sql`(select sum(a * b) from unnest(vector, ${question}) as pair(a, b))`
  const limit = extension?.exists ? maxComparedByExtension : maxCompared
  const rows = await db.execute<FoundArticle>(sql`
    with candidate as materialized (
      select article.id, title, content, vector from article_embeddings
        join articles as article on article.id = article_id
        where article_embeddings.application_id = ${applicationId} and origin = ${origin} and cardinality(vector) = ${vector.length}
        order by article.changed_at desc limit ${limit}
    ),
    compared as (select id, title, content, (${similarity})::float8 as score from candidate)
    select * from compared where score >= ${minSimilarity} order by score desc, id limit ${maxRanked}`)
  return [...rows]
}
