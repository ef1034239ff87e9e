'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import type { ActorView } from '@/lib/dashboard/audit/list'
import { DataTable } from '@/components/table/data-table'
import { ListFilters } from '@/components/table/list-filters'
import { SelectFilter } from '@/components/table/select-filter'
import { TimeFilter } from '@/components/table/time-filter'
import { useListState } from '@/components/table/use-list-state'
import { EmptyState } from '@/components/ui/empty-state'
import { auditActions } from '@/lib/audit/audit-actions'
import { auditFilters, auditQuery } from '@/components/audit/audit-query'
import { useAuditColumns } from '@/components/audit/use-audit-columns'
import { useAuditText } from '@/components/audit/use-audit-text'

/** Lists all changes: who, what, target, address; filtered by actor, action, time and target. */
export function AuditList({ actors }: { actors: ActorView[] }) {
  const t = useTranslations('audit')
  const { actorOf, actionOf } = useAuditText()
  const list = useListState(auditFilters)
  const query = useQuery(auditQuery(list.params))
  const columns = useAuditColumns()
  return (
    <>
      <ListFilters list={list} searchLabel={t('search')}>
        <SelectFilter
          list={list}
          name="actor"
          label={t('actorFilter')}
          all={t('allOperators')}
          choices={actors.map((one) => ({ value: one.actor, text: actorOf(one) }))}
        />
        <SelectFilter
          list={list}
          name="action"
          label={t('actionFilter')}
          all={t('allActions')}
          choices={auditActions.map((value) => ({ value, text: actionOf(value) }))}
        />
        <TimeFilter list={list} />
      </ListFilters>
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
