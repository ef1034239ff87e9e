'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { ApplicationDetail } from '@/app/api/dashboard/views/applications'
import { useCanChange } from '@/components/frame/role-context'
import { callDashboard } from '@/components/queries/call-dashboard'
import { applicationsKey } from '@/components/queries/queries'
import { useAct } from '@/components/queries/use-act'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'

/** Puts an application out of use and back, and says what that does. */
export function DisableApplication({ application }: { application: ApplicationDetail }) {
  const t = useTranslations('application')
  const canChange = useCanChange()
  const [isAsking, setAsking] = useState(false)
  const { id, name, isDisabled } = application
  const change = useAct({
    call: (wanted: boolean) => callDashboard(`/applications/${id}`, 'PATCH', { isDisabled: wanted }),
    done: t(isDisabled ? 'enableDone' : 'disableDone', { name }),
    refresh: [applicationsKey],
    onDone: () => setAsking(false),
  })
  const action = isDisabled ? (
    <Button isBusy={change.isPending} onClick={() => change.mutate(false)}>
      {t('enable')}
    </Button>
  ) : (
    <Button onClick={() => setAsking(true)}>{t('disableOpen')}</Button>
  )
  return (
    <Card title={t(isDisabled ? 'disabledTitle' : 'disableTitle')} action={canChange && action}>
      <ul className="list-disc space-y-1 pl-5 text-muted">
        {(['api', 'callbacks', 'robots'] as const).map((key) => (
          <li key={key}>{t(`disableMeans.${key}`)}</li>
        ))}
      </ul>
      <ConfirmDialog
        isOpen={isAsking}
        onOpenChange={setAsking}
        title={t('disableAsk', { name })}
        action={t('disable')}
        isBusy={change.isPending}
        onConfirm={() => change.mutate(true)}
      >
        {t('disableLoses')}
      </ConfirmDialog>
    </Card>
  )
}
