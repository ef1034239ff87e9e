'use client'

import { useTranslations } from 'use-intl'
import type { ChannelView } from '@/lib/dashboard/alert/view'
import { alertsKey } from '@/components/alert/alert-queries'
import {
  ChannelAddressFields,
  ChannelContentFields,
  type ChannelDraft,
  emptySecrets,
  emptySettings,
} from '@/components/alert/channel-fields'
import { SaveFooter } from '@/components/form/save-footer'
import { useActionForm } from '@/components/form/use-action-form'
import { useCanChange } from '@/components/shell/role-context'
import { Card } from '@/components/ui/card'
import { TextField } from '@/components/ui/field'

/** Edits a channel; empty secrets keep the stored ones. */
export function ChannelForm({ channel }: { channel: ChannelView }) {
  const t = useTranslations('alert')
  const canChange = useCanChange()
  const { id, type, name, language, kinds, isEnabled, settings } = channel
  const { form, field, onSubmit, isBusy, problem } = useActionForm<ChannelDraft>({
    schema: () => import('@/lib/alert/channel-fields').then(({ channelChange }) => channelChange),
    values: {
      type,
      name,
      language,
      kinds,
      isEnabled,
      settings: { ...emptySettings, ...settings },
      secrets: emptySecrets,
    },
    call: ({ type: _type, ...draft }, send) =>
      send('PATCH', '/alerts/channels/[channelId]', {
        ids: { channelId: id },
        body: { ...draft, settings: type === 'email' ? draft.settings : undefined },
      }),
    done: t('saved'),
    refresh: [alertsKey],
    onDone: (_output, values) => form.reset({ ...values, secrets: emptySecrets }),
  })
  return (
    <Card title={t('settings')}>
      <form noValidate className="flex flex-col items-start gap-4" onSubmit={onSubmit}>
        <TextField className="w-full" label={t('name')} readOnly={!canChange} {...field('name')} />
        <label className="flex min-h-6 cursor-pointer items-center gap-2">
          <input
            type="checkbox"

            disabled={!canChange}
            {...form.register('isEnabled')}
          />
          {t('enabled')}
        </label>
        <ChannelAddressFields type={type} field={field as never} isStored isReadOnly={!canChange} />
        <ChannelContentFields field={field as never} isReadOnly={!canChange} />
        <SaveFooter problem={problem} isBusy={isBusy} isDirty={form.formState.isDirty} />
      </form>
    </Card>
  )
}
