/** Rows of a list from `offset` on, `limit` at most. */
export type Page = { offset: number; limit: number }

/** A page of rows; `total` is how many there are in all, counted up to `maxCounted` + 1, which says "more than that". */
export type Paged<Row> = { rows: Row[]; total: number }

/** So many rows a page, in every table. */
export const pageSize = 50

/** Beyond it a list is not counted: nobody pages that far, and counting reads a table for nothing. */
export const maxCounted = 10_000
