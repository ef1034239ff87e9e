export type Page = { offset: number; limit: number }

/** A page of rows; `total` counts all rows up to `maxCounted` + 1, which means "more than `maxCounted`". */
export type Paged<Row> = { rows: Row[]; total: number }

export const pageSize = 50

/** Maximum rows that a list counts: operators do not page further, and counting reads the whole table. */
export const maxCounted = 10_000
