'use client'

import clsx from 'clsx'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import type { QunDetail } from '@/lib/dashboard/qun/detail'
import { getNextStep, type NextStep } from '@/lib/qun/get-next-step'
import { ButtonLink } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'

/** The state of a group in one sentence, and the next step with its link. */
export function QunBanner({ qun }: { qun: QunDetail }) {
  const t = useTranslations('qun')
  const step = getNextStep(qun)
  const isFine = step === 'shareLink' || step === 'waitForRoom'
  const { name: assistant } = qun.assistant
  return (
    <section
      aria-label={t('nextStep')}
      className={clsx(
        'flex flex-wrap items-center justify-between gap-3 rounded-lg border px-4 py-3',
        isFine ? 'border-subtle bg-accent-soft' : 'border-subtle bg-warn-soft',
      )}
    >
      <p className="min-w-0 flex-1 basis-60 wrap-anywhere">{t(`next.${step}`, { owner: qun.ownerName, assistant })}</p>
      {actionOf(step, qun, t)}
    </section>
  )
}

function actionOf(step: NextStep, qun: QunDetail, t: ReturnType<typeof useTranslations<'qun'>>): ReactNode {
  const robot = `/dashboard/robots/${qun.assistant.robotId}`
  switch (step) {
    case 'sendOwnerLink':
      return qun.ownerUrl && <CopyButton text={qun.ownerUrl} label={t('copyOwnerLink')} />
    case 'shareLink':
      return <CopyButton text={qun.url} label={t('copyJoinLink')} />
    case 'logIn':
      return <ButtonLink href={`${robot}/session`}>{t('toLogin')}</ButtonLink>
    case 'addStarters':
    case 'findStarters':
      return <ButtonLink href={`${robot}/settings`}>{t('toStarters')}</ButtonLink>
    case 'addPoolGroup':
      return (
        qun.connectorId && (
          <ButtonLink href={`/dashboard/settings/connectors/${qun.connectorId}#pool`}>{t('toPool')}</ButtonLink>
        )
      )
    default:
      return null
  }
}
