'use client'

import clsx from 'clsx'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { RoomView } from '@/app/api/dashboard/views/rooms'
import { callDashboard } from '@/components/queries/call-dashboard'
import { robotQuery } from '@/components/queries/queries'
import { useAct } from '@/components/queries/use-act'
import { useErrorText } from '@/components/queries/use-error-text'
import { Button } from '@/components/ui/button'
import { SelectField, TextArea, TextField } from '@/components/ui/field'

type Draft = { toUser: string; type: 'text' | 'image'; content: string }
type Props = {
  className?: string
  robotId: string
  isOnline: boolean
  rooms: RoomView[]
  roomId: string
  onRoomChange: (roomId: string) => void
}

/** Sends a text or an image by link into a room, as the API does, and says what became of it. */
export function SendForm({ className, robotId, isOnline, rooms, roomId, onRoomChange }: Props) {
  const t = useTranslations('message')
  const describe = useErrorText()
  const [type, setType] = useState<Draft['type']>('text')
  const [content, setContent] = useState('')
  const send = useAct({
    call: (draft: Draft) => callDashboard<{ messageId: string }>(`/robots/${robotId}/messages`, 'POST', draft),
    // Everything of this robot: its messages, whichever room is shown.
    refresh: [robotQuery(robotId).queryKey],
    isQuiet: true,
    onDone: () => setContent(''),
  })
  const change = (next: string) => {
    setContent(next)
    if (!send.isPending) send.reset()
  }
  return (
    <form
      aria-label={t('sendTitle')}
      className={clsx(
        'flex flex-col gap-4 rounded-lg border border-subtle bg-surface p-5 shadow-card lg:sticky lg:top-20',
        className,
      )}
      onSubmit={(event) => {
        event.preventDefault()
        send.mutate({ toUser: roomId, type, content })
      }}
    >
      <h2 className="text-lg font-medium">{t('sendTitle')}</h2>
      <SelectField
        label={t('room')}
        value={roomId}
        required
        onChange={(event) => onRoomChange(event.target.value)}
        hint={rooms.length === 0 ? t('noRooms') : undefined}
      >
        <option value="">{t('chooseRoom')}</option>
        {rooms.map((room) => (
          <option key={room.id} value={room.id}>
            {room.name}
          </option>
        ))}
      </SelectField>
      <fieldset className="flex gap-4">
        <legend className="mb-1.5 text-sm font-medium">{t('typeLabel')}</legend>
        {(['text', 'image'] as const).map((value) => (
          <label key={value} className="flex min-h-6 cursor-pointer items-center gap-1.5">
            <input
              type="radio"
              name="type"
              className="accent-accent"
              checked={type === value}
              onChange={() => setType(value)}
            />
            {t(`type.${value}`)}
          </label>
        ))}
      </fieldset>
      {type === 'text' ? (
        <TextArea
          label={t('content')}
          value={content}
          required
          maxLength={4000}
          onChange={(event) => change(event.target.value)}
        />
      ) : (
        <TextField
          label={t('imageLink')}
          hint={t('imageHint')}
          type="url"
          value={content}
          required
          placeholder="https://"
          onChange={(event) => change(event.target.value)}
        />
      )}
      <div aria-live="polite" className="text-sm empty:hidden">
        {send.isPending && <span className="text-muted">{t('sendingHint')}</span>}
        {send.isSuccess && <span className="text-ok">{t('sentHint')}</span>}
        {send.error && <span className="text-bad">{describe(send.error)}</span>}
        {!isOnline && !send.isPending && <span className="text-warn">{t('notOnline')}</span>}
      </div>
      <Button type="submit" look="primary" isBusy={send.isPending} disabled={!isOnline}>
        {t('send')}
      </Button>
    </form>
  )
}
