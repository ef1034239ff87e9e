'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { ConnectorDetail } from '@/lib/dashboard/connector/detail'
import type { PoolGroup } from '@/lib/wecom/list-groups'
import { useAction } from '@/components/queries/use-action'
import { useCanChange } from '@/components/shell/role-context'
import { StateBadge } from '@/components/state/state-badge'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { ErrorState } from '@/components/ui/error-state'
import { connectorsKey, groupPoolQuery } from '@/components/connector/connector-queries'

/** Lists the customer groups of a company with their place in the pool, and puts them in or takes them out. */
export function GroupPoolCard({ connector: { id, isAssistant } }: { connector: ConnectorDetail }) {
  const t = useTranslations('connector.pool')
  const [adding, setAdding] = useState<PoolGroup | null>(null)
  const { data, error, refetch } = useQuery(groupPoolQuery(id))
  const change = useAction({
    call: (body: { chatId: string; isIn: boolean }, send) =>
      send('PATCH', '/connectors/[connectorId]/pool', { ids: { connectorId: id }, body }),
    refresh: [connectorsKey],
    onDone: () => setAdding(null),
  })
  const run = ({ chatId }: PoolGroup, isIn: boolean) => change.mutate({ chatId, isIn })
  return (
    <div id="pool" className="scroll-mt-20">
      <Card title={t('title')} hint={t('hint')}>
        {!data && error && <ErrorState error={error} onRetry={refetch} />}
        {data?.groups.length === 0 && <p className="text-muted">{t(isAssistant ? 'none' : 'notAssistant')}</p>}
        {data && data.groups.length > 0 && (
          <ul className="max-h-96 divide-y divide-subtle overflow-y-auto">
            {data.groups.map((group) => (
              <GroupRow
                key={group.chatId}
                group={group}
                isBusy={change.isPending}
                onAdd={() => setAdding(group)}
                onRemove={() => run(group, false)}
              />
            ))}
          </ul>
        )}
        {data && data.total > data.groups.length && (
          <p className="mt-3 text-sm text-muted">{t('more', { count: data.total - data.groups.length })}</p>
        )}
      </Card>
      <ConfirmDialog
        isOpen={adding !== null}
        onOpenChange={(isOpen) => !isOpen && setAdding(null)}
        title={t('addAsk', { name: adding?.name ?? adding?.chatId ?? '' })}
        action={t('add')}
        isBusy={change.isPending}
        onConfirm={() => adding && run(adding, true)}
      >
        {t('addEffect', { count: adding?.memberCount ?? 0 })}
      </ConfirmDialog>
    </div>
  )
}

type RowProps = { group: PoolGroup; isBusy: boolean; onAdd: () => void; onRemove: () => void }

function GroupRow({ group, isBusy, onAdd, onRemove }: RowProps) {
  const t = useTranslations('connector.pool')
  const canChange = useCanChange()
  const { chatId, name, memberCount, state, isAdded, hasPrefix, qun } = group
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-2.5 first:pt-0 last:pb-0">
      <div className="min-w-0 flex-1 basis-52">
        <p className="wrap-anywhere">{name ?? t('unseen')}</p>
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm text-muted">
          <StateBadge kind="poolGroup" state={state} />
          {qun && (
            <Link href={`/dashboard/quns/${qun.id}`} className="link min-w-0 wrap-anywhere">
              {qun.name}
            </Link>
          )}
          {name !== null && <span>{t('members', { count: memberCount })}</span>}
          {state === 'in_pool' && hasPrefix && <span>{t('byPrefix')}</span>}
          <code className="font-mono text-xs break-all">{chatId}</code>
        </p>
      </div>
      {canChange && state === 'free' && (
        <Button disabled={isBusy} onClick={onAdd} aria-label={t('addGroup', { name: name ?? chatId })}>
          {t('add')}
        </Button>
      )}
      {canChange && isAdded && state === 'in_pool' && (
        <Button disabled={isBusy} onClick={onRemove} aria-label={t('removeGroup', { name: name ?? chatId })}>
          {t('remove')}
        </Button>
      )}
    </li>
  )
}
