'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import type { PacingView } from '@/app/api/dashboard/views/pacing'
import { useCanChange } from '@/components/frame/role-context'
import { robotQuery } from '@/components/queries/queries'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { CancelAll } from './cancel-all'
import { LineLength } from './line-length'
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
    <section aria-labelledby="line" className="min-w-0">
      <div className="mb-4 flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0">
          <h2 id="line" className="text-lg font-medium">
            {t('lineTitle')}
          </h2>
          <LineLength pacing={pacing} isMoving={robot?.status === 'online'} />
        </div>
        {canChange && lastSequence !== null && <CancelAll {...{ robotId, waitingCount, lastSequence }} />}
      </div>
      <LineNotice restsUntil={pacing.restsUntil} status={robot?.status} />
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
    </section>
  )
}
