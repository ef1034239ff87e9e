import { useRouter } from 'next/navigation'
import { useTranslations } from 'use-intl'
import { toast } from 'sonner'
import type { OutputOf } from '@/lib/dashboard/wire'
import { callbacksKey } from '@/components/queries/callback-queries'
import { useAction } from '@/components/queries/use-action'

type Selection = { ids: string[] } | { applicationId: string; since: string }
type Replay = OutputOf<'POST', '/callbacks/replay'>

/** Resends callbacks and shows how many; several at once get a link to their progress. */
export function useReplay(onDone: (replay: Replay) => void = () => {}) {
  const t = useTranslations('callback')
  const router = useRouter()
  return useAction({
    call: (body: Selection, send) => send('POST', '/callbacks/replay', { body }),
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
