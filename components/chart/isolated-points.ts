/** Returns the indexes of values without a neighbour, which a line does not show. */
export function isolatedPoints(values: ReadonlyArray<number | null | undefined>): Set<number> {
  const has = (index: number) => typeof values[index] === 'number'
  return new Set(values.flatMap((_, index) => (has(index) && !has(index - 1) && !has(index + 1) ? [index] : [])))
}
