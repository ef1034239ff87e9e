'use client'

import { useTranslations } from 'use-intl'
import { SaveFooter } from '@/components/form/save-footer'
import { useActionForm } from '@/components/form/use-action-form'
import { useCanChange } from '@/components/shell/role-context'
import { robotQuery } from '@/components/queries/queries'
import { Card } from '@/components/ui/card'
import { TextField } from '@/components/ui/field'
import { PacingSummary } from '@/components/robot/pacing-summary'

type Pace = { ratePerMinute: number; jitterPercent: number }

/** Edits the send rate and jitter of a robot. */
export function PacingForm({ robotId, pace }: { robotId: string; pace: Pace }) {
  const t = useTranslations('pacing')
  const canChange = useCanChange()
  const { form, field, onSubmit, isBusy, problem } = useActionForm<Pace>({
    schema: () => import('@/lib/dashboard/robot/form').then(({ paceForm }) => paceForm),
    values: pace,
    call: (body, send) => send('PUT', '/robots/[robotId]/pacing', { ids: { robotId }, body }),
    done: t('saved'),
    refresh: [robotQuery(robotId).queryKey],
  })
  const number = { type: 'number', inputMode: 'numeric', min: 0, step: 1, readOnly: !canChange } as const
  return (
    <Card title={t('paceTitle')} hint={t('paceHint')}>
      <form noValidate className="flex flex-col items-start gap-4" onSubmit={onSubmit}>
        <TextField
          className="w-full"
          label={t('rate')}
          hint={t('rateHint')}
          {...number}
          {...field('ratePerMinute', { valueAsNumber: true })}
        />
        <TextField
          className="w-full"
          label={t('jitter')}
          hint={t('jitterHint')}
          {...number}
          {...field('jitterPercent', { valueAsNumber: true })}
        />
        <PacingSummary pace={form.watch()} />
        <SaveFooter problem={problem} isBusy={isBusy} isDirty={form.formState.isDirty} />
      </form>
    </Card>
  )
}
