'use client'

import { useTranslations } from 'use-intl'
import { endOfDay } from '@/components/form/day'
import { FormProblem } from '@/components/form/form-problem'
import { useActForm } from '@/components/form/use-act-form'
import { callDashboard } from '@/components/queries/call-dashboard'
import { Button } from '@/components/ui/button'
import { TextField } from '@/components/ui/field'
import { qunQuery } from './qun-queries'

type Limits = { expiresAt: string | null; maxUses: number | null }

/** What limits a new join token: a last day, a number of people, or neither. */
export function RenewTokenForm({ qunId, onDone }: { qunId: string; onDone: () => void }) {
  const t = useTranslations('qun')
  const { form, field, onSubmit, isBusy, problem } = useActForm<Limits>({
    schema: () => import('@/app/api/dashboard/quns/forms').then(({ joinTokenForm }) => joinTokenForm),
    values: { expiresAt: null, maxUses: null },
    call: (limits) => callDashboard(`/quns/${qunId}/token`, 'POST', limits),
    done: t('renewed'),
    refresh: [qunQuery(qunId).queryKey],
    onDone,
  })
  return (
    <form noValidate className="flex flex-col gap-4" onSubmit={onSubmit}>
      <TextField
        label={t('expiresOn')}
        hint={t('expiresHint')}
        error={field('expiresAt').error}
        type="date"
        onChange={({ target }) => form.setValue('expiresAt', endOfDay(target.value), { shouldValidate: true })}
      />
      <TextField
        label={t('maxUses')}
        hint={t('maxUsesHint')}
        type="number"
        inputMode="numeric"
        {...field('maxUses', { setValueAs: (text: string | null) => (text ? Number(text) : null) })}
      />
      <FormProblem problem={problem} />
      <Button type="submit" look="primary" isBusy={isBusy}>
        {t('renew')}
      </Button>
    </form>
  )
}
