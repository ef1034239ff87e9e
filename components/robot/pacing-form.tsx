'use client'

import { useTranslations } from 'use-intl'
import { FormProblem } from '@/components/form/form-problem'
import { useActForm } from '@/components/form/use-act-form'
import { useCanChange } from '@/components/frame/role-context'
import { callDashboard } from '@/components/queries/call-dashboard'
import { robotQuery } from '@/components/queries/queries'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { TextField } from '@/components/ui/field'
import { PaceInWords } from './pace-in-words'

type Pace = { ratePerMinute: number; jitterPercent: number }

/** How many messages a minute a robot may send, and how evenly. */
export function PacingForm({ robotId, pace }: { robotId: string; pace: Pace }) {
  const t = useTranslations('pacing')
  const canChange = useCanChange()
  const { form, field, onSubmit, isBusy, problem } = useActForm<Pace>({
    schema: () => import('@/app/api/dashboard/robots/pacing-forms').then(({ paceForm }) => paceForm),
    values: pace,
    call: (values) => callDashboard(`/robots/${robotId}/pacing`, 'PUT', values),
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
        <PaceInWords pace={form.watch()} />
        <FormProblem problem={problem} />
        {canChange && (
          <Button type="submit" isBusy={isBusy} disabled={!form.formState.isDirty}>
            {t('save')}
          </Button>
        )}
      </form>
    </Card>
  )
}
