import { sql } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { searchTerms } from '@/lib/article/search-terms'

/** Maximum search terms of one question; the first ones are used. */
const maxQueryTerms = 200

export type FoundArticle = { id: string; title: string; content: string; score: number }

/**
 * Returns the articles of an application that fit a question best: those that share its rarest terms, in relation to their length. An
 * article that shares no term is not returned. Works for Chinese: see `searchTerms`.
 */
export async function searchArticles(
  db: Db,
  { applicationId, question, limit }: { applicationId: string; question: string; limit: number },
): Promise<FoundArticle[]> {
  const terms = searchTerms(question).slice(0, maxQueryTerms)
  if (terms.length === 0) return []
  const rows = await db.execute<FoundArticle>(sql`
    with question as (select unnest(${sql.param(terms)}::text[]) as term),
    candidate as materialized (
      select id, title, content, terms from articles
        where application_id = ${applicationId} and terms && ${sql.param(terms)}::text[]
    ),
    hit as (select candidate.id, term from candidate, unnest(candidate.terms) as term where term in (select term from question)),
    weight as (
      select term, ln(1 + (select count(*) from articles where application_id = ${applicationId})::float8 / count(*)) as value
        from hit group by term
    ),
    score as (
      select hit.id, sum(weight.value) as value from hit join weight using (term) group by hit.id
    )
    select candidate.id, title, content, score.value / (20 + sqrt(cardinality(terms))) as score
      from score join candidate on candidate.id = score.id
      order by score desc, candidate.id limit ${limit}`)
  return [...rows]
}
