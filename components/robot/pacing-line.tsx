'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import type { PacingView } from '@/app/api/dashboard/views/pacing'
import { useCanChange } from '@/components/frame/role-context'
import { robotQuery } from '@/components/queries/queries'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { CancelAll } from './cancel-all'
import { LineNotice } from './line-notice'
import { WaitingTable } from './waiting-table'
import { useCancelSends } from './use-cancel-sends'

type Props = { robotId: string; pacing: PacingView; onMore: () => void }

/** The messages that wait, each with its turn, to cancel one or all. */
export function PacingLine({ robotId, pacing, onMore }: Props) {
  const t = useTranslations('pacing')
  const canChange = useCanChange()
  const { data: robot } = useQuery(robotQuery(robotId))
  const cancel = useCancelSends(robotId)
  const { waiting, waitingCount, lastSequence } = pacing
  return (
    <Card
      title={t('lineTitle')}
      hint={t('lineHint')}
      action={canChange && lastSequence !== null && <CancelAll {...{ robotId, waitingCount, lastSequence }} />}
    >
      <LineNotice pacing={pacing} status={robot?.status} />
      {waiting.length === 0 ? (
        <EmptyState title={t('emptyTitle')}>{t('emptyHint')}</EmptyState>
      ) : (
        <WaitingTable
          waiting={waiting}
          cancellingId={cancel.isPending && 'messageId' in cancel.variables ? cancel.variables.messageId : null}
          onCancel={canChange ? (messageId) => cancel.mutate({ messageId }) : null}
        />
      )}
      {waiting.filter(({ position }) => position).length < waitingCount && (
        <Button className="mt-3" onClick={onMore}>
          {t('more')}
        </Button>
      )}
    </Card>
  )
}
