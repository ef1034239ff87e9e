'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { ApplicationDetail } from '@/lib/dashboard/application/detail'
import { useCanChange } from '@/components/shell/role-context'
import { applicationsKey } from '@/components/queries/queries'
import { useAction } from '@/components/queries/use-action'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'

/** Disables or enables an application, and explains the effect. */
export function DisableApplication({ application }: { application: ApplicationDetail }) {
  const t = useTranslations('application')
  const canChange = useCanChange()
  const [isConfirming, setConfirming] = useState(false)
  const { id, name, isDisabled } = application
  const change = useAction({
    call: (nextDisabled: boolean, send) =>
      send('PATCH', '/applications/[applicationId]', {
        ids: { applicationId: id },
        body: { isDisabled: nextDisabled },
      }),
    done: t(isDisabled ? 'enableDone' : 'disableDone', { name }),
    refresh: [applicationsKey],
    onDone: () => setConfirming(false),
  })
  const action = isDisabled ? (
    <Button isBusy={change.isPending} onClick={() => change.mutate(false)}>
      {t('enable')}
    </Button>
  ) : (
    <Button onClick={() => setConfirming(true)}>{t('disableOpen')}</Button>
  )
  return (
    <Card title={t(isDisabled ? 'disabledTitle' : 'disableTitle')} action={canChange && action}>
      <ul className="list-disc space-y-1 pl-5 text-muted">
        {(['api', 'callbacks', 'robots'] as const).map((key) => (
          <li key={key}>{t(`disableMeans.${key}`)}</li>
        ))}
      </ul>
      <ConfirmDialog
        isOpen={isConfirming}
        onOpenChange={setConfirming}
        title={t('disableAsk', { name })}
        action={t('disable')}
        isBusy={change.isPending}
        onConfirm={() => change.mutate(true)}
      >
        {t('disableEffect')}
      </ConfirmDialog>
    </Card>
  )
}
