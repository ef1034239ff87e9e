'use client'

import clsx from 'clsx'
import dynamic from 'next/dynamic'
import { useEffect, useId, useState } from 'react'
import { useTranslations } from 'use-intl'
import { FormProblem } from '@/components/form/form-problem'
import { useActionForm } from '@/components/form/use-action-form'
import { robotQuery } from '@/components/queries/queries'
import { RoomField } from '@/components/room/room-field'
import { Button } from '@/components/ui/button'
import { TextArea, TextField } from '@/components/ui/field'
import { loadPart } from '@/components/ui/load-part'
import { parseHost } from '@/components/message/parse-host'

/** Loaded for robots without rooms only. */
const ContactField = dynamic(() =>
  loadPart(() => import('@/components/message/contact-field').then((file) => file.ContactField)),
)

type Draft = { toUser: string; type: 'text' | 'image'; content: string }
type Props = { className?: string; robotId: string; isOnline: boolean; hasRooms: boolean; roomId: string }

/** Sends a text or an image URL to a room, or to the person of a robot without rooms, as the API does, and shows the outcome. ⌘ or Ctrl with Enter submits. */
export function SendForm({ className, robotId, isOnline, hasRooms, roomId }: Props) {
  const t = useTranslations('message')
  const titleId = useId()
  const { form, act, field, onSubmit, isBusy, problem } = useActionForm<Draft>({
    schema: () => import('@/lib/dashboard/message/form').then(({ messageForm }) => messageForm),
    values: { toUser: roomId, type: 'text', content: '' },
    call: (body, send) => send('POST', '/robots/[robotId]/messages', { ids: { robotId }, body }),
    // All queries of this robot: its messages, whichever room is shown.
    refresh: [robotQuery(robotId).queryKey],
    onDone: (_sent, draft) => form.reset({ ...draft, content: '' }),
  })
  const [toUser, type, content] = form.watch(['toUser', 'type', 'content'])
  const { setValue } = form
  const [isWindowOpen, setWindowOpen] = useState(false)
  const canSend = isOnline && (hasRooms || isWindowOpen)
  const setTarget = (value: string) => setValue('toUser', value, { shouldValidate: true, shouldDirty: hasRooms })
  // A viewer of one room writes to that room.
  useEffect(() => {
    if (roomId) setValue('toUser', roomId)
  }, [roomId, setValue])
  const host = type === 'image' && parseHost(content)
  return (
    <form
      noValidate
      aria-labelledby={titleId}
      className={clsx(
        'flex flex-col gap-4 rounded-lg border border-subtle bg-surface p-5 shadow-card lg:sticky lg:top-20',
        className,
      )}
      onSubmit={onSubmit}
    >
      <h2 id={titleId} className="text-lg font-medium">
        {t('sendTitle')}
      </h2>
      {hasRooms ? (
        <RoomField
          label={t('room')}
          robotId={robotId}
          value={toUser}
          onChange={setTarget}
          error={form.formState.errors.toUser?.message ?? null}
        />
      ) : (
        <ContactField robotId={robotId} value={toUser} onChange={setTarget} onWindow={setWindowOpen} />
      )}
      <fieldset className="flex gap-4">
        <legend className="mb-1.5 text-sm font-medium">{t('typeLabel')}</legend>
        {(['text', 'image'] as const).map((value) => (
          <label key={value} className="flex min-h-6 cursor-pointer items-center gap-1.5">
            <input type="radio" value={value} {...form.register('type')} />
            {t(`type.${value}`)}
          </label>
        ))}
      </fieldset>
      {type === 'text' ? (
        <TextArea
          label={t('content')}
          {...field('content')}
          onKeyDown={({ key, metaKey, ctrlKey, currentTarget }) => {
            const isSend = key === 'Enter' && (metaKey || ctrlKey)
            if (isSend && canSend && !isBusy) currentTarget.form?.requestSubmit()
          }}
        />
      ) : (
        <TextField
          label={t('imageLink')}
          hint={host ? t('imageFrom', { host }) : t('imageHint')}
          type="url"
          placeholder="https://"
          {...field('content')}
        />
      )}
      <div aria-live="polite" className="text-sm empty:hidden">
        {isBusy && <span className="text-muted">{t('sendingHint')}</span>}
        {act.isSuccess && !content && <span className="text-ok">{t('sentHint')}</span>}
        {!isOnline && !isBusy && <span className="text-warn">{t('notOnline')}</span>}
      </div>
      <FormProblem problem={problem} />
      <Button type="submit" variant="primary" isBusy={isBusy} disabled={!canSend} title={t('sendKeys')}>
        {t('send')}
      </Button>
    </form>
  )
}
