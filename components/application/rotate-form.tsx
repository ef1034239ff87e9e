'use client'

import { useTranslations } from 'use-intl'
import { FormProblem } from '@/components/form/form-problem'
import { useActionForm } from '@/components/form/use-action-form'
import type { SendChange } from '@/components/queries/call-dashboard'
import { applicationsKey } from '@/components/queries/queries'
import { Button } from '@/components/ui/button'
import { ExpiryField } from '@/components/application/expiry-field'
import { OverlapField } from '@/components/application/overlap-field'

const defaultOverlapSeconds = 86_400

type RotateValues = { overlapSeconds: number; expiresAt?: string | null }

type Props<Rotated> = {
  /** Rotates it. `expiresAt` is given if `mayExpire`. */
  call: (values: RotateValues, send: SendChange) => Promise<Rotated>
  hint: string
  action: string
  /** Whether the new token may have an expiry. */
  mayExpire?: boolean
  onMade: (rotated: Rotated) => void
}

/** Rotates a token or secret with a chosen overlap. */
export function RotateForm<Rotated>({ call, hint, action, mayExpire = false, onMade }: Props<Rotated>) {
  const t = useTranslations('token')
  const { form, field, onSubmit, isBusy, problem } = useActionForm({
    schema: () => import('@/lib/dashboard/application/form').then(({ rotateForm }) => rotateForm),
    values: { overlapSeconds: defaultOverlapSeconds, expiresAt: null as string | null },
    call: ({ overlapSeconds, expiresAt }, send) => call({ overlapSeconds, ...(mayExpire && { expiresAt }) }, send),
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
      <Button type="submit" variant="primary" isBusy={isBusy}>
        {action}
      </Button>
    </form>
  )
}
