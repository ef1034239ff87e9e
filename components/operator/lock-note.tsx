'use client'

import { useTranslations } from 'use-intl'
import type { OperatorView } from '@/app/api/dashboard/views/operators'
import { useCanChange } from '@/components/frame/role-context'
import { callDashboard } from '@/components/queries/call-dashboard'
import { useAct } from '@/components/queries/use-act'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { RelativeTime } from '@/components/ui/relative-time'
import { operatorsQuery } from './operators-query'

/** Says that wrong passwords have locked somebody out, until when, and opens the account. */
export function LockNote({ operator, lockedUntil }: { operator: OperatorView; lockedUntil: string }) {
  const t = useTranslations('operators')
  const canChange = useCanChange()
  const { id, email } = operator
  const unlock = useAct({
    call: () => callDashboard(`/operators/${id}/unlock`, 'POST'),
    done: t('unlocked', { email }),
    refresh: [operatorsQuery().queryKey],
  })
  return (
    <div className="mt-1 flex flex-wrap items-center gap-x-2 gap-y-1 text-sm text-muted">
      <Badge tone="bad">{t('locked')}</Badge>
      <span>
        {t('opens')} <RelativeTime at={lockedUntil} />
      </span>
      {canChange && (
        <Button isBusy={unlock.isPending} onClick={() => unlock.mutate()}>
          {t('unlock')}
        </Button>
      )}
    </div>
  )
}
