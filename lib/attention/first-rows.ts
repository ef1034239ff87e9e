/** The most urgent rows of something that waits for a person, and how many there are in all. */
export type FirstRows<Row> = { total: number; rows: Row[] }

/** Takes rows that each repeat how many there are in all. */
export function firstRows<Row extends { total: number }>(found: readonly Row[]): FirstRows<Omit<Row, 'total'>> {
  const rows = found.map((repeating) => {
    const { total: _, ...row } = repeating
    return row
  })
  return { total: found[0]?.total ?? 0, rows }
}
