import type { AttemptsPointView } from '@/lib/dashboard/callback/endpoints'
import { colorOf } from '@/components/state/states'

/** The series of the two endpoint charts, in token colours. */
export const attemptFigures = [
  {
    figure: 'counts',
    shape: 'stacked bars',
    unit: 'count',
    series: [
      { key: 'deliveredCount', color: colorOf('attempt', 'delivered') },
      { key: 'failedCount', color: colorOf('attempt', 'failed') },
    ],
  },
  {
    figure: 'delay',
    shape: 'lines',
    unit: 'duration',
    series: [
      { key: 'typicalDelayMs', color: 'var(--accent-ink)' },
      { key: 'slowDelayMs', color: 'var(--warn)' },
    ],
  },
] as const

/** Returns whether a time span has no attempts and no pending or failed events. */
export function isEmptyPoint({ deliveredCount, failedCount, pendingCount, deadCount }: AttemptsPointView): boolean {
  return deliveredCount + failedCount + pendingCount + deadCount === 0
}
