'use client'

import { useTranslations } from 'use-intl'
import { FormProblem } from '@/components/form/form-problem'
import { useActForm } from '@/components/form/use-act-form'
import { callDashboard } from '@/components/queries/call-dashboard'
import { Button } from '@/components/ui/button'
import { SelectField, TextField } from '@/components/ui/field'
import { operatorsQuery } from './operators-query'

export type NewPassword = { email: string; password: string }
type Values = { email: string; role: 'admin' | 'viewer' }

const roles = ['viewer', 'admin'] as const

/** Asks who is let in and what they may do. */
export function CreateOperatorForm({ onMade }: { onMade: (made: NewPassword) => void }) {
  const t = useTranslations('operators')
  const operator = useTranslations('operator')
  const { form, field, onSubmit, isBusy, problem } = useActForm<Values, { password: string }>({
    schema: () => import('@/app/api/dashboard/forms').then(({ operatorForm }) => operatorForm),
    values: { email: '', role: 'viewer' },
    call: (values) => callDashboard('/operators', 'POST', values),
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
      <Button type="submit" look="primary" isBusy={isBusy}>
        {t('create')}
      </Button>
    </form>
  )
}
