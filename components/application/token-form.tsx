'use client'

import { useTranslations } from 'use-intl'
import { FormProblem } from '@/components/form/form-problem'
import { useActForm } from '@/components/form/use-act-form'
import { applicationsKey } from '@/components/queries/queries'
import { Button } from '@/components/ui/button'
import { TextField } from '@/components/ui/field'
import { ExpiryField } from './expiry-field'

export type TokenValues = { name: string; expiresAt: string | null; rateLimitPerMinute: number }

type Props<Output> = {
  values: TokenValues
  action: string
  done?: string
  /** false = an overlap sets the end. */
  mayExpire?: boolean
  call: (values: TokenValues) => Promise<Output>
  onDone: (output: Output, values: TokenValues) => void
}

/** What can be said of a token, at first and later: its name, its end, its limit. */
export function TokenForm<Output>({ values, action, done, mayExpire = true, call, onDone }: Props<Output>) {
  const t = useTranslations('token')
  const { form, field, onSubmit, isBusy, problem } = useActForm<TokenValues, Output>({
    schema: () => import('@/app/api/dashboard/forms').then(({ tokenForm }) => tokenForm),
    values,
    call,
    refresh: [applicationsKey],
    onDone,
    ...(done && { done }),
  })
  return (
    <form noValidate className="flex flex-col gap-4" onSubmit={onSubmit}>
      <TextField label={t('name')} hint={t('nameHint')} {...field('name')} />
      {mayExpire && (
        <ExpiryField
          label={t('expiresOn')}
          onChange={(expiresAt) => form.setValue('expiresAt', expiresAt, { shouldValidate: true, shouldDirty: true })}
          expiresAt={values.expiresAt}
          error={field('expiresAt').error}
        />
      )}
      <TextField
        label={t('rateLimit')}
        hint={t('rateLimitHint')}
        type="number"
        inputMode="numeric"
        {...field('rateLimitPerMinute', { valueAsNumber: true })}
      />
      <FormProblem problem={problem} />
      <Button type="submit" look="primary" isBusy={isBusy}>
        {action}
      </Button>
    </form>
  )
}
