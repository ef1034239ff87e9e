'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import type { ConnectionChoices } from '@/lib/dashboard/robot/connections'
import { FormProblem } from '@/components/form/form-problem'
import { useActionForm } from '@/components/form/use-action-form'
import { applicationsKey, connectionsQuery } from '@/components/queries/queries'
import { useCanChange } from '@/components/shell/role-context'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { SelectField } from '@/components/ui/field'

/** Edits how robots that are created without a connection reach WeChat. */
export function DefaultConnection({ applicationId }: { applicationId: string }) {
  const t = useTranslations('connection')
  const { data: options } = useQuery(connectionsQuery(applicationId))
  return (
    <Card title={t('defaultTitle')} hint={t('defaultHint')}>
      {options && <DefaultForm key={applicationId} applicationId={applicationId} options={options} />}
    </Card>
  )
}

function DefaultForm({ applicationId, options }: { applicationId: string; options: ConnectionChoices }) {
  const t = useTranslations('connection')
  const application = useTranslations('application')
  const canChange = useCanChange()
  const { choices, connectors, applicationDefault } = options
  const { form, field, onSubmit, isBusy, problem } = useActionForm({
    schema: () => import('@/lib/dashboard/application/form').then(({ applicationChange }) => applicationChange),
    values: {
      defaultConnection: applicationDefault ?? ('' as const),
      defaultConnectorId: connectors.find(({ isDefault }) => isDefault)?.id ?? '',
    },
    call: (body, send) => send('PATCH', '/applications/[applicationId]', { ids: { applicationId }, body }),
    done: application('changesSaved'),
    refresh: [applicationsKey],
    onDone: (_output, values) => form.reset(values),
  })
  return (
    <form noValidate className="flex flex-col items-start gap-4" onSubmit={onSubmit}>
      <SelectField className="w-full sm:w-80" label={t('title')} disabled={!canChange} {...field('defaultConnection')}>
        <option value="">{t('installationDefault')}</option>
        {choices.map(({ connection, isUsable }) => (
          <option key={connection} value={connection} disabled={!isUsable}>
            {t(`name.${connection}`)}
          </option>
        ))}
      </SelectField>
      {connectors.length > 0 && (
        <SelectField
          className="w-full sm:w-80"
          label={t('defaultConnector')}
          disabled={!canChange}
          {...field('defaultConnectorId')}
        >
          <option value="">{t('noConnector')}</option>
          {connectors.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </SelectField>
      )}
      <FormProblem problem={problem} />
      {canChange && (
        <Button type="submit" isBusy={isBusy} disabled={!form.formState.isDirty}>
          {application('save')}
        </Button>
      )}
    </form>
  )
}
