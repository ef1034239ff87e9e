'use client'

import { useTranslations } from 'use-intl'
import type { ApplicationDetail } from '@/lib/dashboard/application/detail'
import { FormProblem } from '@/components/form/form-problem'
import { useActionForm } from '@/components/form/use-action-form'
import { useCanChange } from '@/components/shell/role-context'
import { applicationsKey } from '@/components/queries/queries'
import { Button } from '@/components/ui/button'
import { TextField } from '@/components/ui/field'

export function RenameApplication({ application }: { application: ApplicationDetail }) {
  const t = useTranslations('application')
  const canChange = useCanChange()
  const { form, field, onSubmit, isBusy, problem } = useActionForm({
    schema: () => import('@/lib/dashboard/application/form').then(({ applicationForm }) => applicationForm),
    values: { name: application.name },
    call: (body, send) =>
      send('PATCH', '/applications/[applicationId]', { ids: { applicationId: application.id }, body }),
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
