import { and, count, eq, sql } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { articleEmbeddings, articles, embeddingRuns, replySettings } from '@/lib/db/schema/reply'

/** Seconds after which an unfinished run may be repeated. */
const leaseSeconds = 180
const retrySeconds = 600

export type ArticleText = { id: string; text: string; digest: string }

const embedded = sql`md5(${articles.title} || chr(10) || ${articles.content})`
const isMissing = (origin: unknown) =>
  sql`not exists (select from article_embeddings e where e.article_id = ${articles.id} and e.origin = ${origin})`

/** Returns the origin of vectors: those of another service or model cannot be compared. */
export function originOf({ modelUrl, embeddingModel }: { modelUrl: string; embeddingModel: string }): string {
  return `${modelUrl} ${embeddingModel}`
}

/** Claims an application with articles to embed for some minutes, so that no other worker pays for them too; null: none is due. */
export async function claimEmbeddingRun(db: Db): Promise<string | null> {
  const origin = sql`${replySettings.modelUrl} || ' ' || ${replySettings.embeddingModel}`
  const [claimed] = await db.execute<{ id: string }>(sql`
    insert into embedding_runs as run (application_id, next_at)
      select ${replySettings.applicationId}, clock_timestamp() + make_interval(secs => ${leaseSeconds}) from ${replySettings}
        where uses_model and model_url <> '' and embedding_model <> ''
          and exists (select from ${articles} where ${articles.applicationId} = ${replySettings.applicationId} and ${isMissing(origin)})
          and not exists (select from embedding_runs r where r.application_id = ${replySettings.applicationId} and r.next_at > clock_timestamp())
        limit 1
      on conflict (application_id) do update set next_at = excluded.next_at where run.next_at <= clock_timestamp()
      returning application_id as id`)
  return claimed?.id ?? null
}

/** Ends a run: `failure` "": the next articles are due at once; otherwise after some minutes. */
export async function endEmbeddingRun(
  db: Db,
  { applicationId, failure }: { applicationId: string; failure: string },
): Promise<void> {
  const nextAt = sql`clock_timestamp() + make_interval(secs => ${failure === '' ? 0 : retrySeconds})`
  await db.update(embeddingRuns).set({ nextAt, failure }).where(eq(embeddingRuns.applicationId, applicationId))
}

/** Lists articles without a vector of this origin. */
export async function listUnembedded(
  db: Db,
  { applicationId, origin, limit }: { applicationId: string; origin: string; limit: number },
): Promise<ArticleText[]> {
  return db
    .select({
      id: articles.id,
      text: sql<string>`${articles.title} || chr(10) || ${articles.content}`,
      digest: sql<string>`${embedded}`,
    })
    .from(articles)
    .where(and(eq(articles.applicationId, applicationId), isMissing(origin)))
    .limit(limit)
}

/** Stores the vector of an article, unless the article has changed since `digest`. */
export async function storeEmbedding(
  db: Db,
  { articleId, origin, vector, digest }: { articleId: string; origin: string; vector: number[]; digest: string },
): Promise<void> {
  await db.execute(sql`
    insert into article_embeddings (article_id, application_id, origin, vector)
      select ${articles.id}, ${articles.applicationId}, ${origin}, ${vectorLiteral(vector)}::real[] from ${articles}
        where ${articles.id} = ${articleId} and ${embedded} = ${digest}
      on conflict (article_id) do update set origin = excluded.origin, vector = excluded.vector`)
}

/** Returns how many articles of an application have a vector of this origin, and why the last run failed; "": it did not. */
export async function readEmbeddingState(
  db: Db,
  { applicationId, origin }: { applicationId: string; origin: string },
): Promise<{ articleCount: number; embeddedCount: number; failure: string }> {
  const isIts = and(eq(articleEmbeddings.applicationId, applicationId), eq(articleEmbeddings.origin, origin))
  const [all] = await db.select({ count: count() }).from(articles).where(eq(articles.applicationId, applicationId))
  const [run] = await db
    .select({ failure: embeddingRuns.failure })
    .from(embeddingRuns)
    .where(eq(embeddingRuns.applicationId, applicationId))
  const embeddedCount = await db.$count(articleEmbeddings, isIts)
  return { articleCount: all?.count ?? 0, embeddedCount, failure: run?.failure ?? '' }
}

/** Returns a vector as a literal of Postgres. */
export function vectorLiteral(vector: readonly number[]): string {
  return `{${vector.join(',')}}`
}
