'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { QunDetail } from '@/app/api/dashboard/views/quns'
import { callDashboard } from '@/components/queries/call-dashboard'
import { useAct } from '@/components/queries/use-act'
import { Button } from '@/components/ui/button'
import { SelectField } from '@/components/ui/field'
import { qunQuery, qunsQuery } from './qun-queries'

/** Ties a pending qun to a room that the assistant is in already. */
export function TieRoom({ qun }: { qun: QunDetail }) {
  const t = useTranslations('qun')
  const [roomId, setRoomId] = useState('')
  const tie = useAct({
    call: () => callDashboard(`/quns/${qun.id}`, 'PATCH', { roomId }),
    done: t('tied'),
    refresh: [qunQuery(qun.id).queryKey, qunsQuery().queryKey],
  })
  return (
    <form
      className="flex flex-col items-start gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        tie.mutate()
      }}
    >
      <SelectField
        className="w-full max-w-[420px]"
        label={t('room')}
        hint={qun.rooms.length === 0 ? t('noRooms') : undefined}
        value={roomId}
        onChange={(event) => setRoomId(event.target.value)}
        required
      >
        <option value="">{t('chooseRoom')}</option>
        {qun.rooms.map((room) => (
          <option key={room.id} value={room.id}>
            {room.name}
          </option>
        ))}
      </SelectField>
      <Button type="submit" isBusy={tie.isPending}>
        {t('tie')}
      </Button>
    </form>
  )
}
