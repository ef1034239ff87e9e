'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useCanChange } from '@/components/frame/role-context'
import { callDashboard } from '@/components/queries/call-dashboard'
import { useAct } from '@/components/queries/use-act'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { SecretValue } from '@/components/ui/secret-value'
import { RollSecretSheet } from './roll-secret-sheet'

/** The secret that signs an application's callbacks: hidden, shown when it is asked for, rolled. */
export function SigningSecretCard({ applicationId }: { applicationId: string }) {
  const t = useTranslations('signing')
  const canChange = useCanChange()
  const [isRolling, setRolling] = useState(false)
  const show = useAct({
    call: () => callDashboard<{ signingSecret: string }>(`/applications/${applicationId}/signing-secret/show`, 'POST'),
  })
  const open = () => {
    // The one on the page is about to be the old one.
    show.reset()
    setRolling(true)
  }
  return (
    <Card title={t('title')} hint={t('hint')} action={canChange && <Button onClick={open}>{t('rollOpen')}</Button>}>
      {show.data ? (
        <div className="flex flex-col items-start gap-3">
          <SecretValue label={t('title')} value={show.data.signingSecret} hint={t('shownHint')} />
          <Button onClick={() => show.reset()}>{t('hide')}</Button>
        </div>
      ) : (
        <div className="flex flex-wrap items-center gap-3">
          <span className="font-mono text-sm text-muted">whsec_••••••••••••</span>
          {canChange ? (
            <Button isBusy={show.isPending} onClick={() => show.mutate()}>
              {t('show')}
            </Button>
          ) : (
            <span className="text-sm text-muted">{t('adminsOnly')}</span>
          )}
        </div>
      )}
      <RollSecretSheet applicationId={applicationId} isOpen={isRolling} onOpenChange={setRolling} />
    </Card>
  )
}
