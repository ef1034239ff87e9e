import { useTranslations } from 'use-intl'
import { toast } from 'sonner'
import { robotQuery } from '@/components/queries/queries'
import { useAction } from '@/components/queries/use-action'

type Which = { messageId: string } | { throughSequence: number }

/** Cancels queued messages: one, or all up to the last one shown. */
export function useCancelSends(robotId: string, onDone?: () => void) {
  const t = useTranslations('pacing')
  return useAction({
    call: (body: Which, send) => send('POST', '/robots/[robotId]/pacing/cancel', { ids: { robotId }, body }),
    // All queries of this robot: its queue and its messages.
    refresh: [robotQuery(robotId).queryKey],
    onDone: ({ count }, which) => {
      toast.success('messageId' in which ? t('cancelled') : t('cancelledAll', { count }))
      onDone?.()
    },
  })
}
