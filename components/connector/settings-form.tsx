'use client'

import { useTranslations } from 'use-intl'
import type { ConnectorDetail } from '@/lib/dashboard/connector/detail'
import { SaveFooter } from '@/components/form/save-footer'
import { useActionForm } from '@/components/form/use-action-form'
import { useCanChange } from '@/components/shell/role-context'
import { Card } from '@/components/ui/card'
import { TextField } from '@/components/ui/field'
import { type ConnectorDraft, ConnectorFields } from '@/components/connector/connector-fields'
import { connectorsKey } from '@/components/connector/connector-queries'

const noSecrets = { agentSecret: '', callbackToken: '', callbackAesKey: '', token: '' }
const noSettings = { corpId: '', groupPrefix: '', groupOwners: '', baseUrl: '', tokenHeader: '', pathPrefix: '' }

/** Edits name, settings and secrets; empty secrets keep the stored ones. */
export function SettingsForm({ connector }: { connector: ConnectorDetail }) {
  const t = useTranslations('connector')
  const canChange = useCanChange()
  const { id, type, name, settings, isAssistant } = connector
  const { form, field, onSubmit, isBusy, problem } = useActionForm<ConnectorDraft & { isAssistant: boolean }>({
    schema: () => import('@/lib/dashboard/connector/form').then(({ connectorChange }) => connectorChange),
    values: { type, name, settings: { ...noSettings, ...settings }, secrets: noSecrets, isAssistant },
    call: (body, send) => send('PATCH', '/connectors/[connectorId]', { ids: { connectorId: id }, body }),
    done: t('saved'),
    refresh: [connectorsKey],
    onDone: (_output, values) => form.reset({ ...values, secrets: noSecrets }),
  })
  return (
    <Card title={t('settings')} hint={t('settingsHint')}>
      <form noValidate className="flex flex-col items-start gap-4" onSubmit={onSubmit}>
        <TextField className="w-full" label={t('name')} hint={t('nameHint')} readOnly={!canChange} {...field('name')} />
        <ConnectorFields type={type} field={field} isStored isReadOnly={!canChange} />
        {type === 'wecom' && (
          <div className="w-full">
            <label className="flex min-h-6 cursor-pointer items-center gap-2">
              <input
                type="checkbox"

                disabled={!canChange}
                aria-describedby="is-assistant-hint"
                {...form.register('isAssistant')}
              />
              {t('isAssistant')}
            </label>
            <p id="is-assistant-hint" className="mt-1 text-sm text-muted wrap-anywhere">
              {t('isAssistantHint', { name })}
            </p>
          </div>
        )}
        <SaveFooter problem={problem} isBusy={isBusy} isDirty={form.formState.isDirty} />
      </form>
    </Card>
  )
}
