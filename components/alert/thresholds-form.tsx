'use client'

import { useTranslations } from 'use-intl'
import { alertsKey } from '@/components/alert/alert-queries'
import { SaveFooter } from '@/components/form/save-footer'
import { useActionForm } from '@/components/form/use-action-form'
import { useCanChange } from '@/components/shell/role-context'
import { Card } from '@/components/ui/card'
import { TextField } from '@/components/ui/field'

type Thresholds = { waitingMinutes: number; diskPercent: number; databaseLimitGb: number | null }

/** From which quantities alerts open. */
export function ThresholdsForm({ thresholds }: { thresholds: Thresholds }) {
  const t = useTranslations('alert')
  const canChange = useCanChange()
  const { form, field, onSubmit, isBusy, problem } = useActionForm<Thresholds>({
    schema: () => import('@/lib/dashboard/alert/form').then(({ thresholdForm }) => thresholdForm),
    values: thresholds,
    call: (body, send) => send('PATCH', '/alerts', { body }),
    done: t('saved'),
    refresh: [alertsKey],
  })
  const number = { type: 'number', inputMode: 'numeric', readOnly: !canChange } as const
  return (
    <Card title={t('thresholds')} hint={t('thresholdsHint')}>
      <form noValidate className="flex max-w-[720px] flex-col items-start gap-4" onSubmit={onSubmit}>
        <div className="grid w-full gap-4 sm:grid-cols-2">
          <TextField label={t('waitingMinutes')} {...number} {...field('waitingMinutes', { valueAsNumber: true })} />
          <TextField label={t('diskPercent')} {...number} {...field('diskPercent', { valueAsNumber: true })} />
          <TextField
            label={t('databaseLimit')}
            hint={t('databaseLimitHint')}
            {...number}
            {...field('databaseLimitGb', { setValueAs: (text: unknown) => (text ? Number(text) : null) })}
          />
        </div>
        <SaveFooter problem={problem} isBusy={isBusy} isDirty={form.formState.isDirty} />
      </form>
    </Card>
  )
}
