'use client'

import { useTranslations } from 'use-intl'
import type { OperatorView } from '@/lib/dashboard/operator/list'
import { useCanChange } from '@/components/shell/role-context'
import { useAction } from '@/components/queries/use-action'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { RelativeTime } from '@/components/ui/relative-time'
import { operatorsQuery } from '@/components/operator/operators-query'

/** Shows that an account is locked after failed attempts, until when, and unlocks it. */
export function LockNotice({ operator, lockedUntil }: { operator: OperatorView; lockedUntil: string }) {
  const t = useTranslations('operators')
  const canChange = useCanChange()
  const { id, email } = operator
  const unlock = useAction({
    call: (_input, send) => send('POST', '/operators/[operatorId]/unlock', { ids: { operatorId: id } }),
    done: t('unlocked', { email }),
    refresh: [operatorsQuery().queryKey],
  })
  return (
    <div className="mt-1 flex flex-wrap items-center gap-x-2 gap-y-1 text-sm text-muted">
      <Badge tone="bad">{t('locked')}</Badge>
      <span>
        {t('unlocksAt')} <RelativeTime at={lockedUntil} />
      </span>
      {canChange && (
        <Button isBusy={unlock.isPending} onClick={() => unlock.mutate()}>
          {t('unlock')}
        </Button>
      )}
    </div>
  )
}
