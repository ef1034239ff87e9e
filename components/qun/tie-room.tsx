'use client'

import { useTranslations } from 'use-intl'
import type { QunDetail } from '@/app/api/dashboard/views/quns'
import { FormProblem } from '@/components/form/form-problem'
import { useActForm } from '@/components/form/use-act-form'
import { callDashboard } from '@/components/queries/call-dashboard'
import { RoomField } from '@/components/room/room-field'
import { Button } from '@/components/ui/button'
import { qunQuery, qunsQuery } from './qun-queries'

/** Ties a pending qun to a room that the assistant is in already. */
export function TieRoom({ qun }: { qun: QunDetail }) {
  const t = useTranslations('qun')
  const { form, field, onSubmit, isBusy, problem } = useActForm<{ roomId: string }>({
    schema: () => import('@/app/api/dashboard/quns/forms').then(({ qunChange }) => qunChange),
    values: { roomId: '' },
    call: (choice) => callDashboard(`/quns/${qun.id}`, 'PATCH', choice),
    done: t('tied'),
    refresh: [qunQuery(qun.id).queryKey, qunsQuery().queryKey],
  })
  return (
    <form noValidate className="flex max-w-[420px] flex-col gap-4" onSubmit={onSubmit}>
      <RoomField
        label={t('room')}
        robotId={qun.assistant.robotId}
        value={form.watch('roomId')}
        onChange={(roomId) => form.setValue('roomId', roomId, { shouldValidate: true })}
        error={field('roomId').error}
      />
      <FormProblem problem={problem} />
      <Button type="submit" className="self-start" isBusy={isBusy}>
        {t('tie')}
      </Button>
    </form>
  )
}
