'use client'

import { useTranslations } from 'use-intl'
import type { ApplicationDetail } from '@/app/api/dashboard/views/applications'
import { FormProblem } from '@/components/form/form-problem'
import { useActForm } from '@/components/form/use-act-form'
import { useCanChange } from '@/components/frame/role-context'
import { callDashboard } from '@/components/queries/call-dashboard'
import { applicationsKey } from '@/components/queries/queries'
import { Button } from '@/components/ui/button'
import { TextField } from '@/components/ui/field'

/** Gives an application another name. */
export function RenameApplication({ application }: { application: ApplicationDetail }) {
  const t = useTranslations('application')
  const canChange = useCanChange()
  const { form, field, onSubmit, isBusy, problem } = useActForm({
    schema: () => import('@/app/api/dashboard/forms').then(({ applicationForm }) => applicationForm),
    values: { name: application.name },
    call: (values) => callDashboard(`/applications/${application.id}`, 'PATCH', values),
    done: t('changesSaved'),
    refresh: [applicationsKey],
    onDone: (_answer, values) => form.reset(values),
  })
  return (
    <form noValidate className="flex flex-col items-start gap-4" onSubmit={onSubmit}>
      <TextField
        className="w-full sm:w-80"
        label={t('name')}
        hint={t('nameHint')}
        readOnly={!canChange}
        {...field('name')}
      />
      <FormProblem problem={problem} />
      {canChange ? (
        <Button type="submit" isBusy={isBusy} disabled={!form.formState.isDirty}>
          {t('save')}
        </Button>
      ) : (
        <p className="text-sm text-muted">{t('adminsOnly')}</p>
      )}
    </form>
  )
}
