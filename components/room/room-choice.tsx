'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { ListParams } from '@/components/queries/list-params'
import { roomsQuery } from '@/components/queries/queries'
import { Combobox } from '@/components/ui/combobox'
import { useSettled } from '@/components/ui/use-settled'

const pauseMs = 200

type Props = {
  robotId: string
  /** A room's id; "" = none. */
  value: string
  onChange: (roomId: string) => void
  label: string
  id?: string
  /** It filters: no room is a choice too. */
  isFilter?: boolean
  error?: string | null
  describedBy?: string
  className?: string
}

/** A choice of one of a robot's rooms, however many there are. */
export function RoomChoice({ robotId, value, onChange, isFilter = false, error, ...rest }: Props) {
  const t = useTranslations('room')
  const [search, setSearch] = useState('')
  const q = useSettled(search.trim(), pauseMs)
  const asked: ListParams = q ? { q } : {}
  const { data: found } = useQuery({
    ...roomsQuery(robotId, asked),
    refetchInterval: false,
  })
  const { data: chosen } = useQuery({
    ...roomsQuery(robotId, { q: value }),
    refetchInterval: false,
    enabled: value !== '',
  })
  const nameOf = (room: { name: string }) => room.name || t('unnamed')
  const room = [...(found?.rows ?? []), ...(chosen?.rows ?? [])].find(({ id }) => id === value)
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
      choices={found?.rows.map((row) => ({
        value: row.id,
        text: nameOf(row),
        hint: t('memberCount', { count: row.memberCount }),
      }))}
      note={found && (found.total === 0 ? t('noRoomFound') : found.total > found.rows.length && t('moreRooms'))}
      clearText={isFilter ? t('clearChoice') : undefined}
      isLit={isFilter && value !== ''}
      isInvalid={Boolean(error)}
    />
  )
}
