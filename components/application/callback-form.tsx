'use client'

import { useTranslations } from 'use-intl'
import type { ApplicationDetail } from '@/lib/dashboard/application/detail'
import { FormProblem } from '@/components/form/form-problem'
import { useActionForm } from '@/components/form/use-action-form'
import { useCanChange } from '@/components/shell/role-context'
import { applicationsKey } from '@/components/queries/queries'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { SelectField, TextField } from '@/components/ui/field'
import { roomScopes } from '@/lib/db/types'
import { EventTypesField } from '@/components/application/event-types-field'

const scopeKey = { bound: 'bound', all: 'all', 'all+private': 'allPrivate' } as const

/** Edits the callback URL, the subscribed events and the room scope of an application. */
export function CallbackForm({ application }: { application: ApplicationDetail }) {
  const t = useTranslations('application')
  const canChange = useCanChange()
  const { callbackUrl, roomScope, eventTypes } = application
  const { form, field, onSubmit, isBusy, problem } = useActionForm({
    schema: () => import('@/lib/dashboard/application/form').then(({ applicationChange }) => applicationChange),
    values: { callbackUrl: callbackUrl ?? '', roomScope, eventTypes },
    call: (body, send) =>
      send('PATCH', '/applications/[applicationId]', { ids: { applicationId: application.id }, body }),
    done: t('changesSaved'),
    refresh: [applicationsKey],
    onDone: (_answer, values) => form.reset(values),
  })
  const { error: _none, ...events } = field('eventTypes')
  return (
    <Card title={t('callbackTitle')} hint={t('callbackHint')}>
      <form noValidate className="flex max-w-[640px] flex-col items-start gap-4" onSubmit={onSubmit}>
        <TextField
          className="w-full"
          label={t('callbackUrl')}
          hint={t(canChange ? 'callbackUrlHint' : 'urlMasked')}
          type="url"
          placeholder="https://"
          spellCheck={false}
          readOnly={!canChange}
          {...field('callbackUrl')}
        />
        <SelectField
          className="w-full sm:w-80"
          label={t('roomScope')}
          hint={t(`scopeHint.${scopeKey[form.watch('roomScope')]}`)}
          disabled={!canChange}
          {...field('roomScope')}
        >
          {roomScopes.map((scope) => (
            <option key={scope} value={scope}>
              {t(`scope.${scopeKey[scope]}`)}
            </option>
          ))}
        </SelectField>
        <EventTypesField field={events} isDisabled={!canChange} />
        <FormProblem problem={problem} />
        {canChange ? (
          <Button type="submit" isBusy={isBusy} disabled={!form.formState.isDirty}>
            {t('save')}
          </Button>
        ) : (
          <p className="text-sm text-muted">{t('adminsOnly')}</p>
        )}
      </form>
    </Card>
  )
}
