import { useRouter } from 'next/navigation'
import { useTranslations } from 'use-intl'
import { toast } from 'sonner'
import { callDashboard } from '@/components/queries/call-dashboard'
import { callbacksKey } from '@/components/queries/callback-queries'
import { useAct } from '@/components/queries/use-act'

type Selection = { ids: string[] } | { applicationId: string; since: string }
type Replay = { count: number; replayId: string }

/** Sends callbacks again and says how many, with the way to where several of them can be followed. */
export function useReplay(onDone: (replay: Replay) => void = () => {}) {
  const t = useTranslations('callback')
  const router = useRouter()
  return useAct<Selection, Replay>({
    call: (selection) => callDashboard('/callbacks/replay', 'POST', selection),
    refresh: [callbacksKey],
    onDone(replay) {
      const { count, replayId } = replay
      const action = { label: t('follow'), onClick: () => router.push(`/dashboard/callbacks?replay=${replayId}`) }
      if (count > 0) toast.success(t('replayed', { count }), count > 1 ? { action } : {})
      else toast(t('replayedNone'))
      onDone(replay)
    },
  })
}
