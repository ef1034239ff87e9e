type Counts = { deliveredCount: number; failedCount: number }

/** Which share of tries got through, of 1; null = nothing was tried. */
export function shareOf(tries: Counts | null): number | null {
  const total = tries ? tries.deliveredCount + tries.failedCount : 0
  return tries && total > 0 ? tries.deliveredCount / total : null
}
