'use client'

import { useTranslations } from 'use-intl'
import type { QunDetail } from '@/lib/dashboard/qun/detail'
import { FormProblem } from '@/components/form/form-problem'
import { useActionForm } from '@/components/form/use-action-form'
import { RoomField } from '@/components/room/room-field'
import { Button } from '@/components/ui/button'
import { qunQuery, qunsQuery } from '@/components/qun/qun-queries'

/** Links a pending group to a room that the assistant is already in. */
export function LinkRoom({ qun }: { qun: QunDetail }) {
  const t = useTranslations('qun')
  const { form, field, onSubmit, isBusy, problem } = useActionForm<{ roomId: string }>({
    schema: () => import('@/lib/dashboard/qun/form').then(({ qunChange }) => qunChange),
    values: { roomId: '' },
    call: (body, send) => send('PATCH', '/quns/[qunId]', { ids: { qunId: qun.id }, body }),
    done: t('roomLinked'),
    refresh: [qunQuery(qun.id).queryKey, qunsQuery().queryKey],
  })
  return (
    <form noValidate className="flex max-w-[420px] flex-col gap-4" onSubmit={onSubmit}>
      <RoomField
        label={t('room')}
        robotId={qun.assistant.robotId}
        value={form.watch('roomId')}
        onChange={(roomId) => form.setValue('roomId', roomId, { shouldValidate: true, shouldDirty: true })}
        error={field('roomId').error}
      />
      <FormProblem problem={problem} />
      <Button type="submit" className="self-start" isBusy={isBusy}>
        {t('linkRoom')}
      </Button>
    </form>
  )
}
