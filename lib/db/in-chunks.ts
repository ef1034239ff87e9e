/**
 * Splits rows, in their order, into chunks of 2^n, the largest first. An insert of any number of rows then repeats a few statements, which
 * stay prepared; each number of rows would be a statement of its own.
 */
export function inChunks<Row>(rows: readonly Row[]): Row[][] {
  const chunks: Row[][] = []
  for (let at = 0; at < rows.length;) {
    const size = 2 ** Math.floor(Math.log2(rows.length - at))
    chunks.push(rows.slice(at, at + size))
    at += size
  }
  return chunks
}
