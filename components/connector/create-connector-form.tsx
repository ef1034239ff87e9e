'use client'

import clsx from 'clsx'
import { useId } from 'react'
import { useTranslations } from 'use-intl'
import { FormProblem } from '@/components/form/form-problem'
import { useActionForm } from '@/components/form/use-action-form'
import { useNavigate } from '@/components/leave/use-navigate'
import { applicationsKey } from '@/components/queries/queries'
import { Button } from '@/components/ui/button'
import { TextField } from '@/components/ui/field'
import type { ApplicationName } from '@/lib/application/list-applications'
import { ApplicationsField } from '@/components/connector/applications-field'
import { type ConnectorDraft, ConnectorFields } from '@/components/connector/connector-fields'
import { connectorsKey } from '@/components/connector/connector-queries'
import { WecomPreconditions } from '@/components/connector/wecom-preconditions'
import { connectorTypes } from '@/lib/db/types'

type Draft = ConnectorDraft & { isRiskAccepted: boolean; applicationIds: string[] }

const emptyDraft: Draft = {
  type: 'wecom',
  name: '',
  settings: {
    corpId: '',
    groupPrefix: '',
    groupOwners: '',
    baseUrl: '',
    tokenHeader: 'X-GEWE-TOKEN',
    pathPrefix: '/gewe/v2/api',
  },
  secrets: { agentSecret: '', callbackToken: '', callbackAesKey: '', token: '' },
  isRiskAccepted: false,
  applicationIds: [],
}

/** Creates a connector and opens its page, which shows the callback URL and checks it. */
export function CreateConnectorForm({ applications }: { applications: ApplicationName[] }) {
  const t = useTranslations('connector')
  const id = useId()
  const navigate = useNavigate()
  const { form, field, onSubmit, isBusy, problem } = useActionForm<Draft, { connectorId: string }>({
    schema: () => import('@/lib/dashboard/connector/form').then(({ connectorForm }) => connectorForm),
    values: emptyDraft,
    call: (body, send) => send('POST', '/connectors', { body }),
    refresh: [connectorsKey, applicationsKey],
    onDone: ({ connectorId }) => navigate(`/dashboard/settings/connectors/${connectorId}`),
  })
  const type = form.watch('type')
  const { error: _none, ...chosen } = field('applicationIds')
  const { error: riskError, ...risk } = field('isRiskAccepted')
  return (
    <form noValidate className="flex flex-col gap-4" onSubmit={onSubmit}>
      <fieldset className="flex flex-col gap-2">
        <legend className="mb-1.5 text-sm font-medium">{t('typeLabel')}</legend>
        {connectorTypes.map((value) => (
          <div
            key={value}
            className={clsx('rounded-lg border p-3', type === value ? 'border-accent bg-accent-soft' : 'border-subtle')}
          >
            <label className="flex min-h-6 cursor-pointer items-center gap-2 font-medium">
              <input
                type="radio"
                {...form.register('type')}
                value={value}

                aria-describedby={`${id}-${value}`}
              />
              {t(`type.${value}`)}
            </label>
            <p id={`${id}-${value}`} className="mt-1 text-sm">
              {t(`about.${value}`)}
            </p>
          </div>
        ))}
      </fieldset>
      {type === 'wecom' && <WecomPreconditions />}
      <TextField label={t('name')} hint={t('nameHint')} {...field('name')} />
      <ConnectorFields type={type} field={field} isStored={false} />
      <ApplicationsField applications={applications} field={chosen} />
      {type === 'gateway' && (
        <div className="rounded-lg bg-warn-soft p-3">
          <p className="text-warn">{t('risk')}</p>
          <label className="mt-2 flex items-center gap-2">
            <input
              type="checkbox"
              {...risk}

              aria-describedby={`${id}-risk`}
            />
            <span>{t('acceptRisk')}</span>
          </label>
          <div id={`${id}-risk`} className="text-sm text-bad" aria-live="polite">
            {riskError}
          </div>
        </div>
      )}
      <FormProblem problem={problem} />
      <Button type="submit" variant="primary" isBusy={isBusy}>
        {t('create')}
      </Button>
    </form>
  )
}
