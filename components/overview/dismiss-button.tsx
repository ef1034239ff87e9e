'use client'

import X from 'lucide-react/icons/x'
import { useTranslations } from 'use-intl'
import { toast } from 'sonner'
import { useCanChange } from '@/components/shell/role-context'
import { overviewQuery } from '@/components/queries/queries'
import { useAction } from '@/components/queries/use-action'
import { Button } from '@/components/ui/button'
import type { SeenAttention } from '@/lib/attention/dismissals'

const refresh = [overviewQuery().queryKey]

/** Hides an item from all operators until its state changes; a toast offers to undo. */
export function DismissButton({ dismissal, name }: { dismissal: SeenAttention; name: string }) {
  const t = useTranslations('overview')
  const canChange = useCanChange()
  const { kind, targetId } = dismissal
  const restore = useAction({
    call: (_: void, send) => send('DELETE', '/attention/dismissals', { body: { kind, targetId } }),
    refresh,
  })
  const dismiss = useAction({
    call: (_: void, send) => send('POST', '/attention/dismissals', { body: dismissal }),
    refresh,
    onDone: () => {
      toast(t('dismissed', { name }), { action: { label: t('undoDismiss'), onClick: () => restore.mutate() } })
    },
  })
  if (!canChange) return null
  return (
    <Button
      variant="quiet"
      className="-mr-2 shrink-0 px-2"
      aria-label={t('dismissOf', { name })}
      title={t('dismissHint')}
      isBusy={dismiss.isPending}
      onClick={() => dismiss.mutate()}
    >
      {!dismiss.isPending && <X size={16} aria-hidden />}
    </Button>
  )
}
