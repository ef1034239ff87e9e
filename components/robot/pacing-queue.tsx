'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import type { PacingView } from '@/lib/dashboard/robot/pacing'
import { useCanChange } from '@/components/shell/role-context'
import { robotQuery } from '@/components/queries/queries'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { CancelAll } from '@/components/robot/cancel-all'
import { QueueLength } from '@/components/robot/queue-length'
import { QueueNotice } from '@/components/robot/queue-notice'
import { WaitingTable } from '@/components/robot/waiting-table'
import { useCancelSends } from '@/components/robot/use-cancel-sends'

type Props = { robotId: string; pacing: PacingView; onMore: () => void }

/** The queued messages in order; admins can cancel one or all. */
export function PacingQueue({ robotId, pacing, onMore }: Props) {
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
            {t('queueTitle')}
          </h2>
          <QueueLength pacing={pacing} isMoving={robot?.status === 'online'} />
        </div>
        {canChange && lastSequence !== null && <CancelAll {...{ robotId, waitingCount, lastSequence }} />}
      </div>
      <QueueNotice cooldownUntil={pacing.cooldownUntil} status={robot?.status} />
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
