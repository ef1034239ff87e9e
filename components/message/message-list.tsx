'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { messageFilters, messagePageQuery } from '@/components/queries/queries'
import { RobotFilter } from '@/components/robot/robot-filter'
import { ListPage } from '@/components/table/list-page'
import { useListState } from '@/components/table/use-list-state'
import { MessageFilters } from '@/components/message/message-filters'
import { useMessageColumns } from '@/components/message/use-message-columns'

/** Lists the messages of all robots, newest first. */
export function MessageList() {
  const t = useTranslations('message')
  const list = useListState(messageFilters)
  const query = useQuery(messagePageQuery(list.params))
  const columns = useMessageColumns()
  return (
    <ListPage
      title={t('title')}
      intro={t('intro')}
      filters={
        <>
          <MessageFilters list={list}>
            <RobotFilter list={list} />
          </MessageFilters>
          {[...list.get('q')].length === 1 && !list.get('since') && (
            <p className="mb-3 text-sm text-muted">{t('searchedBack', { days: 7 })}</p>
          )}
        </>
      }
      columns={columns}
      query={query}
      list={list}
      noMatch={t('noMatch')}
      empty={{ title: t('emptyTitle'), hint: t('emptyHint') }}
    />
  )
}
