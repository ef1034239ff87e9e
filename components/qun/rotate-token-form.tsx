'use client'

import { useTranslations } from 'use-intl'
import { endOfDay } from '@/components/form/day'
import { FormProblem } from '@/components/form/form-problem'
import { useActionForm } from '@/components/form/use-action-form'
import { Button } from '@/components/ui/button'
import { TextField } from '@/components/ui/field'
import { qunQuery } from '@/components/qun/qun-queries'

type Limits = { expiresAt: string | null; maxUses: number | null }

/** The limits of a new join token: a last day, a maximum of members, or neither. */
export function RotateTokenForm({ qunId, onDone }: { qunId: string; onDone: () => void }) {
  const t = useTranslations('qun')
  const { form, field, onSubmit, isBusy, problem } = useActionForm<Limits>({
    schema: () => import('@/lib/dashboard/qun/form').then(({ joinTokenForm }) => joinTokenForm),
    values: { expiresAt: null, maxUses: null },
    call: (body, send) => send('POST', '/quns/[qunId]/token', { ids: { qunId }, body }),
    done: t('rotated'),
    refresh: [qunQuery(qunId).queryKey],
    onDone,
  })
  return (
    <form noValidate className="flex flex-col gap-4" onSubmit={onSubmit}>
      <TextField
        label={t('expiresOn')}
        hint={t('expiresHint')}
        error={field('expiresAt').error}
        type="date"
        onChange={({ target }) =>
          form.setValue('expiresAt', endOfDay(target.value), { shouldValidate: true, shouldDirty: true })
        }
      />
      <TextField
        label={t('maxUses')}
        hint={t('maxUsesHint')}
        type="number"
        inputMode="numeric"
        {...field('maxUses', { setValueAs: (text: string | null) => (text ? Number(text) : null) })}
      />
      <FormProblem problem={problem} />
      <Button type="submit" variant="primary" isBusy={isBusy}>
        {t('rotate')}
      </Button>
    </form>
  )
}
