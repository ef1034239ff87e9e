'use client'

import { useRouter } from 'next/navigation'
import { useTranslations } from 'use-intl'
import { FormProblem } from '@/components/form/form-problem'
import { useActForm } from '@/components/form/use-act-form'
import { callDashboard } from '@/components/queries/call-dashboard'
import { robotsQuery } from '@/components/queries/queries'
import { Button } from '@/components/ui/button'
import { SelectField, TextField } from '@/components/ui/field'
import type { ApplicationName } from '@/lib/application/list-application-names'

type Props = { applications: ApplicationName[]; applicationId: string }

/** Makes a robot and goes to its login page, the next thing anyone wants. */
export function CreateRobotForm({ applications, applicationId }: Props) {
  const t = useTranslations('robot')
  const router = useRouter()
  const { field, onSubmit, isBusy, problem } = useActForm({
    schema: () => import('@/app/api/dashboard/forms').then(({ robotForm }) => robotForm),
    values: { applicationId, username: '' },
    call: (form) => callDashboard<{ robotId: string }>('/robots', 'POST', form),
    refresh: [robotsQuery().queryKey],
    onDone: ({ robotId }) => router.push(`/dashboard/robots/${robotId}/session`),
  })
  return (
    <form noValidate className="flex flex-col gap-4" onSubmit={onSubmit}>
      <SelectField label={t('column.application')} {...field('applicationId')}>
        {applications.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
      <TextField label={t('username')} hint={t('usernameHint')} spellCheck={false} {...field('username')} />
      <FormProblem problem={problem} />
      <Button type="submit" look="primary" isBusy={isBusy}>
        {t('create')}
      </Button>
    </form>
  )
}
