'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { messageFilters, messagePageQuery } from '@/components/queries/queries'
import { RobotFilter } from '@/components/robot/robot-filter'
import { DataTable } from '@/components/table/data-table'
import { useListState } from '@/components/table/use-list-state'
import { EmptyState } from '@/components/ui/empty-state'
import { PageHeader } from '@/components/ui/page-header'
import { MessageFilters } from './message-filters'
import { useMessageColumns } from './use-message-columns'

/** The messages of all robots, the latest first. */
export function MessageList() {
  const t = useTranslations('message')
  const list = useListState(messageFilters)
  const query = useQuery(messagePageQuery(list.params))
  const columns = useMessageColumns()
  return (
    <>
      <PageHeader title={t('title')}>{t('intro')}</PageHeader>
      <MessageFilters list={list}>
        <RobotFilter list={list} />
      </MessageFilters>
      {list.get('q') && !list.get('since') && (
        <p className="mb-3 text-sm text-muted">{t('searchedBack', { days: 7 })}</p>
      )}
      <DataTable
        caption={t('title')}
        columns={columns}
        query={query}
        list={list}
        noMatch={t('noMatch')}
        empty={<EmptyState title={t('emptyTitle')}>{t('emptyHint')}</EmptyState>}
      />
    </>
  )
}
