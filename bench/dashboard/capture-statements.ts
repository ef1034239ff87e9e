import type postgres from 'postgres'

export type Statement = { query: string; parameters: unknown[] }

type Unsafe = (query: string, parameters?: unknown[], options?: object) => unknown

/** Records the statements that drizzle sends through `sql` outside of transactions from now on. */
export function captureStatements(sql: postgres.Sql): {
  /** Returns the statements since the last call. */
  taken(): Statement[]
  /** Returns the plan of a statement that uses an index wherever one serves it. */
  explain(statement: Statement): Promise<Plan>
} {
  const send = sql.unsafe.bind(sql) as Unsafe
  const begin = sql.begin.bind(sql)
  let statements: Statement[] = []
  const record: Unsafe = (query, parameters = [], options) => {
    statements.push({ query, parameters })
    return send(query, parameters, options)
  }
  sql.unsafe = record as typeof sql.unsafe
  return {
    taken() {
      const taken = statements
      statements = []
      return taken
    },
    async explain({ query, parameters }) {
      const rows = await begin(async (tx) => {
        // Otherwise Postgres scans a table of this size also where an index serves.
        await tx`set local enable_seqscan = off`
        return tx.unsafe<{ 'QUERY PLAN': [{ Plan: Plan }] }[]>(`explain (format json) ${query}`, parameters as never[])
      })
      const plan = rows[0]?.['QUERY PLAN'][0].Plan
      if (!plan) throw new Error('no plan')
      return plan
    },
  }
}

export type Plan = {
  'Node Type': string
  'Parent Relationship'?: string
  'Relation Name'?: string
  'Index Name'?: string
  'Index Cond'?: string
  Filter?: string
  Plans?: Plan[]
}

/** Nodes that read all their input before their first row, which ends the effect of a limit above. */
const blocking = /^(?:Sort|Aggregate|Hash|WindowAgg|Materialize)$/

/**
 * Lists the scans of these tables that read all rows: sequential ones, and those of a complete index without a condition. A scan
 * without a filter that ends early, below a limit or in `exists`, is left out, and so is a search for a text known to be frequent.
 */
export function listFullScans(
  plan: Plan,
  scope: { tables: readonly string[]; partialIndexes: ReadonlySet<string> },
  isLimited = false,
): string[] {
  const { 'Node Type': type, 'Relation Name': table = '', 'Index Name': index = '', Filter: filter, Plans = [] } = plan
  const isWholeIndex =
    /^(?:Index|Index Only|Bitmap Index) Scan/.test(type) && !plan['Index Cond'] && !scope.partialIndexes.has(index)
  const endsEarly =
    (isLimited || plan['Parent Relationship'] === 'InitPlan') && (!filter || filter.includes('text_bigrams'))
  const isFull = (type === 'Seq Scan' || isWholeIndex) && scope.tables.includes(table) && !endsEarly
  const isLimitedBelow = type === 'Limit' || (isLimited && !blocking.test(type))
  return [
    ...(isFull ? [`${type} on ${table}: ${filter ?? 'all rows'}`] : []),
    ...Plans.flatMap((part) => listFullScans(part, scope, isLimitedBelow)),
  ]
}
