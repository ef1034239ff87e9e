'use client'

import clsx from 'clsx'
import { useEffect, useId } from 'react'
import { useTranslations } from 'use-intl'
import { FormProblem } from '@/components/form/form-problem'
import { useActForm } from '@/components/form/use-act-form'
import { callDashboard } from '@/components/queries/call-dashboard'
import { robotQuery } from '@/components/queries/queries'
import { RoomField } from '@/components/room/room-field'
import { Button } from '@/components/ui/button'
import { TextArea, TextField } from '@/components/ui/field'
import { hostOf } from './host-of'

type Draft = { toUser: string; type: 'text' | 'image'; content: string }
type Props = { className?: string; robotId: string; isOnline: boolean; roomId: string }

/** Sends a text or an image by link into a room, as the API does, and says what became of it. ⌘ or Ctrl with Enter sends. */
export function SendForm({ className, robotId, isOnline, roomId }: Props) {
  const t = useTranslations('message')
  const titleId = useId()
  const { form, act, field, onSubmit, isBusy, problem } = useActForm<Draft, { messageId: string }>({
    schema: () => import('@/app/api/dashboard/forms').then(({ messageForm }) => messageForm),
    values: { toUser: roomId, type: 'text', content: '' },
    call: (draft) => callDashboard(`/robots/${robotId}/messages`, 'POST', draft),
    // Everything of this robot: its messages, whichever room is shown.
    refresh: [robotQuery(robotId).queryKey],
    onDone: () => form.resetField('content'),
  })
  const [toUser, type, content] = form.watch(['toUser', 'type', 'content'])
  const { setValue } = form
  // Whoever looks at one room writes to it.
  useEffect(() => {
    if (roomId) setValue('toUser', roomId)
  }, [roomId, setValue])
  const host = type === 'image' && hostOf(content)
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
      <RoomField
        label={t('room')}
        robotId={robotId}
        value={toUser}
        onChange={(value) => setValue('toUser', value, { shouldValidate: true })}
        error={form.formState.errors.toUser?.message ?? null}
      />
      <fieldset className="flex gap-4">
        <legend className="mb-1.5 text-sm font-medium">{t('typeLabel')}</legend>
        {(['text', 'image'] as const).map((value) => (
          <label key={value} className="flex min-h-6 cursor-pointer items-center gap-1.5">
            <input type="radio" value={value} className="accent-accent" {...form.register('type')} />
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
            if (isSend && isOnline && !isBusy) currentTarget.form?.requestSubmit()
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
      <Button type="submit" look="primary" isBusy={isBusy} disabled={!isOnline} title={t('sendKeys')}>
        {t('send')}
      </Button>
    </form>
  )
}
