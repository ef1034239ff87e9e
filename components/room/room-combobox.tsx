'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { ListParams } from '@/components/queries/list-params'
import { roomsQuery } from '@/components/queries/queries'
import { Combobox } from '@/components/ui/combobox'
import { useDebouncedValue } from '@/components/ui/use-debounced-value'

const debounceMs = 200

type Props = {
  robotId: string
  /** A room's id; "": none. */
  value: string
  onChange: (roomId: string) => void
  label: string
  id?: string
  /** Whether this is a filter, where "no room" is a valid choice. */
  isFilter?: boolean
  error?: string | null
  describedBy?: string
  className?: string
}

/** Selects one of a robot's rooms, searched by the server. */
export function RoomCombobox({ robotId, value, onChange, isFilter = false, error, ...rest }: Props) {
  const t = useTranslations('room')
  const [search, setSearch] = useState('')
  const q = useDebouncedValue(search.trim(), debounceMs)
  const params: ListParams = q ? { q } : {}
  const { data: result } = useQuery({
    ...roomsQuery(robotId, params),
    refetchInterval: false,
  })
  const { data: selected } = useQuery({
    ...roomsQuery(robotId, { q: value }),
    refetchInterval: false,
    enabled: value !== '',
  })
  const nameOf = (room: { name: string }) => room.name || t('unnamed')
  const room = [...(result?.rows ?? []), ...(selected?.rows ?? [])].find(({ id }) => id === value)
  const none = isFilter ? t('clearChoice') : t('choose')
  return (
    <Combobox
      {...rest}
      value={value}
      onChange={onChange}
      text={value === '' ? none : room ? nameOf(room) : value}
      search={search}
      onSearch={setSearch}
      searchLabel={t('searchRooms')}
      choices={result?.rows.map((row) => ({
        value: row.id,
        text: nameOf(row),
        hint: t('memberCount', { count: row.memberCount }),
      }))}
      note={result && (result.total === 0 ? t('noRoomFound') : result.total > result.rows.length && t('moreRooms'))}
      clearText={isFilter ? t('clearChoice') : undefined}
      isLit={isFilter && value !== ''}
      isInvalid={Boolean(error)}
    />
  )
}
