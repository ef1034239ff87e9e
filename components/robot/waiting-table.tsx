'use client'

import clsx from 'clsx'
import X from 'lucide-react/icons/x'
import { useTranslations } from 'use-intl'
import type { WaitingView } from '@/app/api/dashboard/views/pacing'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { RelativeTime } from '@/components/ui/relative-time'
import { ActionCell, Cell, Row, Table } from '@/components/ui/table'

type Props = {
  waiting: WaitingView[]
  cancellingId: string | null
  /** null for who may not. */
  onCancel: ((messageId: string) => void) | null
}

const wide = 'hidden sm:table-cell'

/** The line, the next first: where to, what, since when, when its turn comes, until when. */
export function WaitingTable({ waiting, cancellingId, onCancel }: Props) {
  const t = useTranslations('pacing')
  const columns = [
    { key: 'position', title: t('position') },
    { key: 'message', title: t('message') },
    { key: 'waited', title: t('waited'), className: wide },
    { key: 'expected', title: t('expected') },
    { key: 'deadline', title: t('deadline'), className: wide },
    ...(onCancel ? [{ key: 'actions', title: t('cancel'), isHidden: true }] : []),
  ]
  return (
    <Table caption={t('lineTitle')} columns={columns}>
      {waiting.map((message) => {
        const { id, position, roomName, peerUsername, type, content, createdAt, expectedAt, deadlineAt } = message
        const target = roomName ?? peerUsername ?? ''
        return (
          <Row key={id}>
            <Cell className="text-muted">{position ?? <Badge tone="ok">{t('sending')}</Badge>}</Cell>
            <Cell className="w-full max-w-0">
              <div className="truncate text-sm text-muted">{target}</div>
              <div className="max-sm:line-clamp-2 sm:truncate">{type === 'image' ? t('image') : content}</div>
            </Cell>
            <Cell className={clsx(wide, 'text-sm text-muted')}>
              <RelativeTime at={createdAt} />
            </Cell>
            <Cell className="text-sm">
              <Expected {...{ position, expectedAt, deadlineAt }} />
            </Cell>
            <Cell className={clsx(wide, 'text-sm text-muted')}>{deadlineAt && <RelativeTime at={deadlineAt} />}</Cell>
            {onCancel && (
              <ActionCell>
                {position !== null && (
                  <Button
                    look="quiet"
                    className="px-2"
                    aria-label={t('cancelOf', { target, position })}
                    title={t('cancel')}
                    isBusy={cancellingId === id}
                    onClick={({ currentTarget }) => {
                      // This row goes; who works through the line by keyboard is at the next.
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

/** When a message's turn comes, and whether that is too late for it. */
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
