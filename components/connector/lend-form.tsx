'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import type { ConnectorDetail } from '@/lib/dashboard/connector/detail'
import { SaveFooter } from '@/components/form/save-footer'
import { useActionForm } from '@/components/form/use-action-form'
import { applicationNamesQuery, applicationsKey } from '@/components/queries/queries'
import { useCanChange } from '@/components/shell/role-context'
import { Card } from '@/components/ui/card'
import { ApplicationsField } from '@/components/connector/applications-field'
import { connectorsKey } from '@/components/connector/connector-queries'

/** Selects the applications that may create robots on a connector. */
export function LendForm({ connector }: { connector: ConnectorDetail }) {
  const t = useTranslations('connector')
  const canChange = useCanChange()
  const { id, type, applicationIds } = connector
  const { data: applications } = useQuery(applicationNamesQuery())
  const { form, field, onSubmit, isBusy, problem } = useActionForm({
    schema: () => import('@/lib/dashboard/connector/form').then(({ connectorChange }) => connectorChange),
    values: { type, applicationIds },
    call: (body, send) => send('PATCH', '/connectors/[connectorId]', { ids: { connectorId: id }, body }),
    done: t('saved'),
    refresh: [connectorsKey, applicationsKey],
  })
  const { error: _none, ...chosen } = field('applicationIds')
  return (
    <Card title={t('lendTitle')} hint={t('lendHint')}>
      <form noValidate className="flex flex-col items-start gap-4" onSubmit={onSubmit}>
        {applications && (
          <ApplicationsField applications={applications} field={chosen} isDisabled={!canChange} isTitled />
        )}
        <SaveFooter problem={problem} isBusy={isBusy} isDirty={form.formState.isDirty} />
      </form>
    </Card>
  )
}
