'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { robotsQuery } from '@/components/queries/queries'
import type { ListState } from '@/components/table/use-list-state'
import { Combobox } from '@/components/ui/combobox'
import { useDebouncedValue } from '@/components/ui/use-debounced-value'
import { robotName } from '@/components/robot/robot-name'

/** The `robot` filter of a list, searched by the server. */
export function RobotFilter({ list }: { list: ListState }) {
  const t = useTranslations('robot')
  const value = list.get('robot')
  const [search, setSearch] = useState<string | null>(null)
  const q = useDebouncedValue((search ?? '').trim(), 250)
  const result = useQuery({ ...robotsQuery(q ? { q } : {}), refetchInterval: false, enabled: search !== null }).data
  const selected = useQuery({ ...robotsQuery({ q: value }), refetchInterval: false, enabled: value !== '' }).data
  const robot = [...(result?.rows ?? []), ...(selected?.rows ?? [])].find(({ id }) => id === value)
  return (
    <Combobox
      label={t('filter')}
      value={value}
      onChange={(robotId) => list.set({ robot: robotId })}
      text={value === '' ? t('allRobots') : robot ? robotName(robot) : value}
      search={search ?? ''}
      onSearch={setSearch}
      searchLabel={t('search')}
      choices={result?.rows.map((row) => ({ value: row.id, text: robotName(row), hint: row.applicationName }))}
      note={result && (result.total === 0 ? t('noMatch') : result.total > result.rows.length && t('moreRobots'))}
      clearText={t('allRobots')}
      isLit={value !== ''}
      className="w-auto max-w-56"
    />
  )
}
