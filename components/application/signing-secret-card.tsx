'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useCanChange } from '@/components/shell/role-context'
import { useAction } from '@/components/queries/use-action'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { SecretValue } from '@/components/ui/secret-value'
import { RotateSecretSheet } from '@/components/application/rotate-secret-sheet'

type Props = {
  applicationId: string
  /** The additional endpoint whose own secret it is; otherwise the application's. */
  endpointId?: string
}

/** Shows the signing secret on request, and rotates it. */
export function SigningSecretCard({ applicationId, endpointId }: Props) {
  const t = useTranslations('signing')
  const canChange = useCanChange()
  const [isRotating, setRotating] = useState(false)
  const show = useAction({
    call: (_input, send) =>
      endpointId
        ? send('POST', '/endpoints/[endpointId]/signing-secret/show', { ids: { endpointId } })
        : send('POST', '/applications/[applicationId]/signing-secret/show', { ids: { applicationId } }),
  })
  const open = () => {
    // The secret on the page is about to become the old one.
    show.reset()
    setRotating(true)
  }
  return (
    <Card title={t('title')} hint={t('hint')} action={canChange && <Button onClick={open}>{t('rotateOpen')}</Button>}>
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
      <RotateSecretSheet
        applicationId={applicationId}
        endpointId={endpointId}
        isOpen={isRotating}
        onOpenChange={setRotating}
      />
    </Card>
  )
}
