'use client'

import { useTranslations } from 'use-intl'
import { FormProblem } from '@/components/form/form-problem'
import { useActForm } from '@/components/form/use-act-form'
import { callDashboard } from '@/components/queries/call-dashboard'
import { applicationsKey } from '@/components/queries/queries'
import { Button } from '@/components/ui/button'
import { ExpiryField } from './expiry-field'
import { OverlapField } from './overlap-field'

const defaultOverlapSeconds = 86_400

type Props<Rolled> = {
  /** Under /applications: what is rolled. */
  path: string
  hint: string
  action: string
  /** The new one may be given an end. */
  mayExpire?: boolean
  onMade: (rolled: Rolled) => void
}

/** Asks how long an old token or secret goes on beside its successor, and makes that. */
export function RollForm<Rolled>({ path, hint, action, mayExpire = false, onMade }: Props<Rolled>) {
  const t = useTranslations('token')
  const { form, field, onSubmit, isBusy, problem } = useActForm({
    schema: () => import('@/app/api/dashboard/forms').then(({ rollForm }) => rollForm),
    values: { overlapSeconds: defaultOverlapSeconds, expiresAt: null as string | null },
    call: ({ overlapSeconds, expiresAt }) =>
      callDashboard<Rolled>(`/applications/${path}`, 'POST', { overlapSeconds, ...(mayExpire && { expiresAt }) }),
    refresh: [applicationsKey],
    onDone: onMade,
  })
  return (
    <form noValidate className="flex flex-col gap-4" onSubmit={onSubmit}>
      <OverlapField hint={hint} {...field('overlapSeconds', { valueAsNumber: true })} />
      {mayExpire && (
        <ExpiryField
          label={t('newExpiresOn')}
          onChange={(expiresAt) => form.setValue('expiresAt', expiresAt, { shouldValidate: true, shouldDirty: true })}
          expiresAt={null}
          error={field('expiresAt').error}
        />
      )}
      <FormProblem problem={problem} />
      <Button type="submit" look="primary" isBusy={isBusy}>
        {action}
      </Button>
    </form>
  )
}
