'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useId } from 'react'
import { useTranslations } from 'use-intl'
import { useNavigate } from '@/components/leave/use-navigate'
import { FormProblem } from '@/components/form/form-problem'
import { useActionForm } from '@/components/form/use-action-form'
import { connectionsQuery, robotsQuery } from '@/components/queries/queries'
import { Button } from '@/components/ui/button'
import { SelectField, TextField } from '@/components/ui/field'
import { ConnectionField } from '@/components/robot/connection-field'
import { ConnectorSelect, fittingConnectors } from '@/components/robot/connector-select'
import type { ApplicationName } from '@/lib/application/list-applications'
import type { ChosenConnection } from '@/lib/db/types'

type Draft = {
  applicationId: string
  username: string
  connection?: ChosenConnection | undefined
  connectorId: string
  createsAccount: boolean
}
type Props = { applications: ApplicationName[]; applicationId: string }

/** Creates a robot and opens its login page. */
export function CreateRobotForm({ applications, applicationId }: Props) {
  const t = useTranslations('robot')
  const hintId = useId()
  const navigate = useNavigate()
  const client = useQueryClient()
  const { form, field, onSubmit, isBusy, problem } = useActionForm<Draft, { robotId: string }>({
    schema: () => import('@/lib/dashboard/robot/form').then(({ robotForm }) => robotForm),
    values: { applicationId, username: '', connectorId: '', createsAccount: false },
    call: (body, send) => {
      const loaded = client.getQueryData(connectionsQuery(body.applicationId).queryKey)
      const connection = body.connection ?? loaded?.preset ?? undefined
      const isFitting = fittingConnectors(loaded, connection).some(({ id }) => id === body.connectorId)
      const connectorId = isFitting ? body.connectorId : ''
      const createsAccount = body.createsAccount && connection === 'wecom_kf'
      return send('POST', '/robots', { body: { ...body, connection, connectorId, createsAccount } })
    },
    refresh: [robotsQuery().queryKey],
    onDone: ({ robotId }) => navigate(`/dashboard/robots/${robotId}/session`),
  })
  const { data: options } = useQuery(connectionsQuery(form.watch('applicationId')))
  const connection = form.watch('connection') ?? options?.preset ?? undefined
  return (
    <form noValidate className="flex flex-col gap-4" onSubmit={onSubmit}>
      <SelectField label={t('column.application')} {...field('applicationId')}>
        {applications.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
      <TextField label={t('username')} hint={t('usernameHint')} spellCheck={false} {...field('username')} />
      {options && (
        <ConnectionField
          options={options}
          value={connection ?? null}
          onChange={(chosen) => form.setValue('connection', chosen, { shouldDirty: true, shouldValidate: true })}
          error={form.formState.errors.connection?.message ?? null}
        />
      )}
      {options?.choices.some((choice) => choice.connection === connection && choice.connectorType) && (
        <ConnectorSelect connectors={fittingConnectors(options, connection)} field={field('connectorId')} />
      )}
      {connection === 'wecom_kf' && (
        <div>
          <label className="flex min-h-6 cursor-pointer items-center gap-2">
            <input type="checkbox" aria-describedby={hintId} {...form.register('createsAccount')} />
            {t('createsAccount')}
          </label>
          <p id={hintId} className="mt-1 text-sm text-muted">
            {t('createsAccountHint')}
          </p>
        </div>
      )}
      <FormProblem problem={problem} />
      <Button type="submit" variant="primary" isBusy={isBusy}>
        {t('create')}
      </Button>
    </form>
  )
}
