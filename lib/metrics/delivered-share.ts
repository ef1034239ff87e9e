type Due = { deliveredCount: number; pendingCount: number; deadCount: number }

/**
 * Returns the delivered share of due callbacks, 0 to 1; null: none was due. Pending and dead callbacks count as due and not
 * delivered.
 */
export function deliveredShare({ deliveredCount, pendingCount, deadCount }: Due): number | null {
  const dueCount = deliveredCount + pendingCount + deadCount
  return dueCount > 0 ? deliveredCount / dueCount : null
}
