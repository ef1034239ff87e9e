'use client'

import { useTranslations } from 'use-intl'
import { FormProblem } from '@/components/form/form-problem'
import { useActionForm } from '@/components/form/use-action-form'
import type { SendChange } from '@/components/queries/call-dashboard'
import { applicationsKey } from '@/components/queries/queries'
import { Button } from '@/components/ui/button'
import { TextField } from '@/components/ui/field'
import type { TokenScope } from '@/lib/db/types'
import { ExpiryField } from '@/components/application/expiry-field'
import { TokenLimitFields } from '@/components/application/token-limit-fields'

export type TokenValues = {
  name: string
  expiresAt: string | null
  rateLimitPerMinute: number
  scopes: TokenScope[]
  robotIds: string[]
  networks: string[]
}

type Props<Output> = {
  applicationId: string
  values: TokenValues
  action: string
  done?: string
  /** false: the overlap sets the expiry. */
  mayExpire?: boolean
  call: (values: TokenValues, send: SendChange) => Promise<Output>
  onDone: (output: Output, values: TokenValues) => void
}

/** The editable fields of a token: name, expiry, rate limit, and what it is limited to. */
export function TokenForm<Output>({
  applicationId,
  values,
  action,
  done,
  mayExpire = true,
  call,
  onDone,
}: Props<Output>) {
  const t = useTranslations('token')
  const { form, field, onSubmit, isBusy, problem } = useActionForm<TokenValues, Output>({
    schema: () => import('@/lib/dashboard/application/form').then(({ tokenForm }) => tokenForm),
    values,
    call,
    refresh: [applicationsKey],
    onDone,
    ...(done && { done }),
  })
  const list = (name: 'robotIds' | 'networks') => ({
    values: values[name],
    error: field(name).error,
    onChange: (items: string[]) => form.setValue(name, items, { shouldDirty: true, shouldTouch: true }),
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
      <TokenLimitFields
        scopes={field('scopes')}
        robotIds={{ ...list('robotIds'), values: form.watch('robotIds'), applicationId }}
        networks={list('networks')}
      />
      <FormProblem problem={problem} />
      <Button type="submit" variant="primary" isBusy={isBusy}>
        {action}
      </Button>
    </form>
  )
}
