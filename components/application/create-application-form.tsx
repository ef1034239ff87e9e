'use client'

import { useTranslations } from 'use-intl'
import { FormProblem } from '@/components/form/form-problem'
import { useActForm } from '@/components/form/use-act-form'
import { callDashboard } from '@/components/queries/call-dashboard'
import { applicationsKey } from '@/components/queries/queries'
import { Button } from '@/components/ui/button'
import { TextField } from '@/components/ui/field'

export type CreatedApplication = { applicationId: string; name: string; token: string; signingSecret: string }

/** Asks for an application's name and callback address, and makes it. */
export function CreateApplicationForm({ onMade }: { onMade: (made: CreatedApplication) => void }) {
  const t = useTranslations('application')
  const { field, onSubmit, isBusy, problem } = useActForm({
    schema: () => import('@/app/api/dashboard/forms').then(({ applicationForm }) => applicationForm),
    values: { name: '', callbackUrl: '' },
    call: (form) => callDashboard<Omit<CreatedApplication, 'name'>>('/applications', 'POST', form),
    refresh: [applicationsKey],
    onDone: (created, { name }) => onMade({ ...created, name }),
  })
  return (
    <form noValidate className="flex flex-col gap-4" onSubmit={onSubmit}>
      <TextField label={t('name')} hint={t('nameHint')} {...field('name')} />
      <TextField
        label={t('callbackUrl')}
        hint={t('callbackUrlHint')}
        type="url"
        placeholder="https://"
        spellCheck={false}
        {...field('callbackUrl')}
      />
      <FormProblem problem={problem} />
      <Button type="submit" look="primary" isBusy={isBusy}>
        {t('create')}
      </Button>
    </form>
  )
}
