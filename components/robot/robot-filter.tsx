'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { robotsQuery } from '@/components/queries/queries'
import type { ListState } from '@/components/table/use-list-state'
import { Combobox } from '@/components/ui/combobox'
import { useSettled } from '@/components/ui/use-settled'
import { robotName } from './robot-name'

/** A list's filter `robot`: one of however many there are. */
export function RobotFilter({ list }: { list: ListState }) {
  const t = useTranslations('robot')
  const value = list.get('robot')
  const [search, setSearch] = useState<string | null>(null)
  const q = useSettled((search ?? '').trim(), 250)
  const found = useQuery({ ...robotsQuery(q ? { q } : {}), refetchInterval: false, enabled: search !== null }).data
  const named = useQuery({ ...robotsQuery({ q: value }), refetchInterval: false, enabled: value !== '' }).data
  const robot = [...(found?.rows ?? []), ...(named?.rows ?? [])].find(({ id }) => id === value)
  return (
    <Combobox
      label={t('filter')}
      value={value}
      onChange={(robotId) => list.set({ robot: robotId })}
      text={value === '' ? t('allRobots') : robot ? robotName(robot) : value}
      search={search ?? ''}
      onSearch={setSearch}
      searchLabel={t('search')}
      choices={found?.rows.map((row) => ({ value: row.id, text: robotName(row), hint: row.applicationName }))}
      note={found && (found.total === 0 ? t('noMatch') : found.total > found.rows.length && t('moreRobots'))}
      clearText={t('allRobots')}
      isLit={value !== ''}
      className="w-auto max-w-56"
    />
  )
}
