'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import type { RetentionDraft } from '@/lib/dashboard/retention/form'
import type { RetentionSettingsView } from '@/lib/dashboard/retention/view'
import { SaveFooter } from '@/components/form/save-footer'
import { useActionForm } from '@/components/form/use-action-form'
import { useCanChange } from '@/components/shell/role-context'
import { retentionKey, retentionQuery } from '@/components/settings/retention-query'
import { systemQuery } from '@/components/settings/system-query'
import { Card } from '@/components/ui/card'
import { ErrorState } from '@/components/ui/error-state'
import { TextField } from '@/components/ui/field'

const names = ['messageDays', 'mediaDays', 'eventDays', 'responseDays', 'sessionChangeDays'] as const

/** Edits the number of days for which rows are kept. */
export function RetentionPanel() {
  const { data, error, refetch } = useQuery(retentionQuery())
  if (!data) return error && <ErrorState error={error} onRetry={refetch} />
  return <RetentionForm {...data} />
}

function RetentionForm({ settings, defaults }: RetentionSettingsView) {
  const t = useTranslations('retention')
  const canChange = useCanChange()
  const { form, field, onSubmit, isBusy, problem } = useActionForm<RetentionDraft>({
    schema: () => import('@/lib/dashboard/retention/form').then(({ retentionForm }) => retentionForm),
    values: settings,
    call: (body, send) => send('PATCH', '/retention', { body }),
    done: t('saved'),
    refresh: [retentionKey, systemQuery().queryKey],
  })
  return (
    <Card title={t('title')} hint={t('hint')}>
      <form noValidate className="flex max-w-[720px] flex-col items-start gap-4" onSubmit={onSubmit}>
        <div className="grid w-full gap-4 sm:grid-cols-2">
          {names.map((name) => (
            <TextField
              key={name}
              type="number"
              inputMode="numeric"
              readOnly={!canChange}
              placeholder={String(defaults[name])}
              {...field(name, { setValueAs: (text: unknown) => (text ? Number(text) : null) })}
              label={t(`field.${name}`)}
              hint={t('default', { count: defaults[name] })}
            />
          ))}
        </div>
        <SaveFooter problem={problem} isBusy={isBusy} isDirty={form.formState.isDirty} />
      </form>
    </Card>
  )
}
