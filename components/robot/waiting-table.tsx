'use client'

import clsx from 'clsx'
import X from 'lucide-react/icons/x'
import { useTranslations } from 'use-intl'
import type { WaitingView } from '@/lib/dashboard/robot/pacing'
import { usePlaceText } from '@/components/message/use-place-text'
import { StateBadge } from '@/components/state/state-badge'
import { Button } from '@/components/ui/button'
import { RelativeTime } from '@/components/ui/relative-time'
import { ActionCell, Cell, Row, Table } from '@/components/ui/table'

type Props = {
  waiting: WaitingView[]
  cancellingId: string | null
  /** null: the operator may not cancel. */
  onCancel: ((messageId: string) => void) | null
}

/** The send queue, next message first: room, content, age, expected time, deadline. */
export function WaitingTable({ waiting, cancellingId, onCancel }: Props) {
  const t = useTranslations('pacing')
  const placeOf = usePlaceText()
  const columns = [
    { key: 'position', title: t('position') },
    { key: 'message', title: t('message') },
    { key: 'accepted', title: t('accepted') },
    { key: 'expected', title: t('expected') },
    { key: 'deadline', title: t('deadline') },
    ...(onCancel ? [{ key: 'actions', title: t('cancel'), isHidden: true }] : []),
  ]
  return (
    <Table caption={t('queueTitle')} columns={columns}>
      {waiting.map((message) => {
        const { id, position, type, content, createdAt, expectedAt, deadlineAt } = message
        const target = placeOf({ direction: 'out', ...message })
        return (
          <Row key={id}>
            <Cell label={t('position')} className="text-muted">
              {position ?? <StateBadge kind="message" state="sending" />}
            </Cell>
            <Cell className="w-full max-w-0">
              <div className="truncate text-sm text-muted">{target}</div>
              <div className="max-sm:line-clamp-3 sm:truncate">{type === 'image' ? t('image') : content}</div>
            </Cell>
            <Cell label={t('accepted')} className="text-sm text-muted">
              <RelativeTime at={createdAt} />
            </Cell>
            <Cell label={t('expected')} className="text-sm">
              <Expected {...{ position, expectedAt, deadlineAt }} />
            </Cell>
            <Cell label={t('deadline')} className="text-sm text-muted">
              {deadlineAt && <RelativeTime at={deadlineAt} />}
            </Cell>
            {onCancel && (
              <ActionCell>
                {position !== null && (
                  <Button
                    variant="quiet"
                    className="px-2"
                    aria-label={t('cancelOf', { target, position })}
                    title={t('cancel')}
                    isBusy={cancellingId === id}
                    onClick={({ currentTarget }) => {
                      // This row disappears; keyboard focus moves to the next one.
                      currentTarget.closest('tr')?.nextElementSibling?.querySelector('button')?.focus()
                      onCancel(id)
                    }}
                  >
                    {cancellingId !== id && <X size={16} aria-hidden />}
                  </Button>
                )}
              </ActionCell>
            )}
          </Row>
        )
      })}
    </Table>
  )
}

/** The expected send time, and whether it is after the deadline. */
function Expected({ position, expectedAt, deadlineAt }: Pick<WaitingView, 'position' | 'expectedAt' | 'deadlineAt'>) {
  const t = useTranslations('pacing')
  if (position === null) return null
  if (!expectedAt) return <span className="text-muted">{t('unknown')}</span>
  const isTooLate = deadlineAt !== null && expectedAt > deadlineAt
  return (
    <span className={clsx(isTooLate && 'text-warn')} title={isTooLate ? t('tooLateHint') : undefined}>
      {position === 1 ? t('next') : <RelativeTime at={expectedAt} />}
      {isTooLate && <span className="block text-xs whitespace-normal">{t('tooLate')}</span>}
    </span>
  )
}
