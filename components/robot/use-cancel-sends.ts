import { useTranslations } from 'use-intl'
import { toast } from 'sonner'
import { callDashboard } from '@/components/queries/call-dashboard'
import { robotQuery } from '@/components/queries/queries'
import { useAct } from '@/components/queries/use-act'

type Which = { messageId: string } | { throughSequence: number }

/** Takes waiting messages back: one, or all up to the last that is seen. */
export function useCancelSends(robotId: string, onDone?: () => void) {
  const t = useTranslations('pacing')
  return useAct({
    call: (which: Which) => callDashboard<{ count: number }>(`/robots/${robotId}/pacing/cancel`, 'POST', which),
    // Everything of this robot: its line and its messages.
    refresh: [robotQuery(robotId).queryKey],
    onDone: ({ count }, which) => {
      toast.success('messageId' in which ? t('cancelled') : t('cancelledAll', { count }))
      onDone?.()
    },
  })
}
