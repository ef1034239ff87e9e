'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { StateFilter } from '@/components/state/state-filter'
import { DataTable } from '@/components/table/data-table'
import { ListFilters } from '@/components/table/list-filters'
import { useListState } from '@/components/table/use-list-state'
import { memberFilters, membersQuery } from '@/components/qun/qun-queries'
import { useMemberColumns } from '@/components/qun/use-member-columns'

/** The members of a group and their progress, live. */
export function MemberList({ qunId }: { qunId: string }) {
  const t = useTranslations('qun')
  const list = useListState(memberFilters)
  const query = useQuery(membersQuery(qunId, list.params))
  const columns = useMemberColumns(qunId)
  return (
    <section aria-labelledby="members">
      <h2 id="members" className="text-lg font-medium">
        {t('members')}
      </h2>
      <p className="mt-0.5 mb-4 text-sm text-muted">{t('membersHint')}</p>
      {(list.isFiltered || query.data?.total !== 0) && (
        <ListFilters list={list} searchLabel={t('searchMembers')}>
          <StateFilter list={list} kind="membership" />
        </ListFilters>
      )}
      <DataTable
        caption={t('members')}
        columns={columns}
        query={query}
        list={list}
        noMatch={t('noMemberMatch')}
        empty={<p className="text-muted">{t('noMembers')}</p>}
      />
    </section>
  )
}
