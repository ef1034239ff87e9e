'use client'

import { useTranslations } from 'use-intl'
import { FormProblem } from '@/components/form/form-problem'
import { useActionForm } from '@/components/form/use-action-form'
import { Button } from '@/components/ui/button'
import { SelectField, TextField } from '@/components/ui/field'
import { operatorsQuery } from '@/components/operator/operators-query'

export type NewPassword = { email: string; password: string }
type Values = { email: string; role: 'admin' | 'viewer' }

const emptyForm: Values = { email: '', role: 'viewer' }

const roles = ['viewer', 'admin'] as const

export function CreateOperatorForm({ onMade }: { onMade: (made: NewPassword) => void }) {
  const t = useTranslations('operators')
  const operator = useTranslations('operator')
  const { form, field, onSubmit, isBusy, problem } = useActionForm({
    schema: () => import('@/lib/dashboard/operator/form').then(({ operatorForm }) => operatorForm),
    values: emptyForm,
    call: (body, send) => send('POST', '/operators', { body }),
    refresh: [operatorsQuery().queryKey],
    onDone: ({ password }, { email }) => onMade({ email, password }),
  })
  return (
    <form noValidate className="flex flex-col gap-4" onSubmit={onSubmit}>
      <TextField label={t('email')} type="email" {...field('email', { setValueAs: (text: string) => text.trim() })} />
      <SelectField label={t('role')} hint={operator(`roleHint.${form.watch('role')}`)} {...field('role')}>
        {roles.map((value) => (
          <option key={value} value={value}>
            {operator(`role.${value}`)}
          </option>
        ))}
      </SelectField>
      <FormProblem problem={problem} />
      <Button type="submit" variant="primary" isBusy={isBusy}>
        {t('create')}
      </Button>
    </form>
  )
}
