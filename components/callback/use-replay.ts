import { useTranslations } from 'use-intl'
import { toast } from 'sonner'
import { callDashboard } from '@/components/queries/call-dashboard'
import { useAct } from '@/components/queries/use-act'

type Selection = { ids: string[] } | { applicationId: string; since: string }

/** Sends callbacks again and says how many. */
export function useReplay(onDone: () => void = () => {}) {
  const t = useTranslations('callback')
  return useAct<Selection, { count: number }>({
    call: (selection) => callDashboard('/callbacks/replay', 'POST', selection),
    refresh: [['callbacks']],
    onDone: ({ count }) => {
      if (count > 0) toast.success(t('replayed', { count }))
      else toast(t('replayedNone'))
      onDone()
    },
  })
}
