'use client'

import { useTranslations } from 'use-intl'
import type { OutputOf } from '@/lib/dashboard/wire'
import { FormProblem } from '@/components/form/form-problem'
import { useActionForm } from '@/components/form/use-action-form'
import { applicationsKey } from '@/components/queries/queries'
import { Button } from '@/components/ui/button'
import { TextField } from '@/components/ui/field'

export type CreatedApplication = OutputOf<'POST', '/applications'> & { name: string }

export function CreateApplicationForm({ onMade }: { onMade: (made: CreatedApplication) => void }) {
  const t = useTranslations('application')
  const { field, onSubmit, isBusy, problem } = useActionForm({
    schema: () => import('@/lib/dashboard/application/form').then(({ applicationForm }) => applicationForm),
    values: { name: '', callbackUrl: '' },
    call: (body, send) => send('POST', '/applications', { body }),
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
      <Button type="submit" variant="primary" isBusy={isBusy}>
        {t('create')}
      </Button>
    </form>
  )
}
