'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { ApplicationDetail } from '@/app/api/dashboard/views/applications'
import { useCanChange } from '@/components/frame/role-context'
import { Button, ButtonLink } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { EndpointNotice } from './endpoint-notice'
import { RollSecretSheet } from './roll-secret-sheet'
import { TestEvent } from './test-event'

/** How an application's endpoint fares, a test of it, and the secret that signs what it gets. */
export function EndpointCard({ application }: { application: ApplicationDetail }) {
  const t = useTranslations('endpoint')
  const canChange = useCanChange()
  const [rollCount, setRollCount] = useState(0)
  const [isRolling, setIsRolling] = useState(false)
  const openRoll = () => {
    // A sheet opened again begins anew.
    setRollCount(rollCount + 1)
    setIsRolling(true)
  }
  return (
    <Card
      title={t('title')}
      hint={t('hint')}
      action={
        <ButtonLink look="quiet" href={`/dashboard/callbacks?application=${application.id}`}>
          {t('seeCallbacks')}
        </ButtonLink>
      }
    >
      <div className="flex flex-col gap-4">
        <EndpointNotice applicationId={application.id} />
        {canChange && (
          <>
            <TestEvent applicationId={application.id} isDisabled={!application.callbackUrl} />
            <div className="flex flex-wrap items-center gap-3">
              <Button onClick={openRoll}>{t('rollOpen')}</Button>
              <span className="text-sm text-muted">{t('rollOpenHint')}</span>
            </div>
          </>
        )}
      </div>
      <RollSecretSheet key={rollCount} applicationId={application.id} isOpen={isRolling} onOpenChange={setIsRolling} />
    </Card>
  )
}
