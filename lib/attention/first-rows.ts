/** The most urgent rows of an attention kind, and the number of all its rows. */
export type FirstRows<Row> = { total: number; rows: Row[] }

/** Splits rows of a query with `count(*) over () as total` into the rows and that total. */
export function firstRows<Row extends { total: number }>(countedRows: readonly Row[]): FirstRows<Omit<Row, 'total'>> {
  const rows = countedRows.map((counted) => {
    const { total: _, ...row } = counted
    return row
  })
  return { total: countedRows[0]?.total ?? 0, rows }
}
