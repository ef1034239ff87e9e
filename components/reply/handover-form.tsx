'use client'

import { useTranslations } from 'use-intl'
import type { RepliesView } from '@/lib/dashboard/reply/replies'
import { SaveFooter } from '@/components/form/save-footer'
import { useActionForm } from '@/components/form/use-action-form'
import { repliesKey } from '@/components/queries/reply-queries'
import { LinesField } from '@/components/reply/lines-field'
import { useCanChange } from '@/components/shell/role-context'
import { Card } from '@/components/ui/card'
import { TextArea, TextField } from '@/components/ui/field'

/** Edits when a person is requested, and the cooldowns of automatic replies. */
export function HandoverForm({
  applicationId,
  settings,
}: {
  applicationId: string
  settings: RepliesView['settings']
}) {
  const t = useTranslations('reply')
  const canChange = useCanChange()
  const { handoverKeywords, handsOverUnanswered, handoverText, personCooldownSeconds, roomRepliesPerMinute } = settings
  const { form, field, onSubmit, isBusy, problem } = useActionForm({
    schema: () => import('@/lib/dashboard/reply/form').then(({ replySettingsChange }) => replySettingsChange),
    values: { handoverKeywords, handsOverUnanswered, handoverText, personCooldownSeconds, roomRepliesPerMinute },
    call: (body, send) => send('PATCH', '/applications/[applicationId]/replies', { ids: { applicationId }, body }),
    done: t('saved'),
    refresh: [repliesKey],
    onDone: (_output, values) => form.reset(values),
  })
  return (
    <Card title={t('handoverTitle')} hint={t('handoverHint')}>
      <form noValidate className="flex max-w-[640px] flex-col items-start gap-4" onSubmit={onSubmit}>
        <div className="w-full">
          <LinesField
            label={t('keywords')}
            hint={t('keywordsHint')}
            error={field('handoverKeywords').error}
            isDisabled={!canChange}
            values={form.getValues('handoverKeywords')}
            onChange={(keywords) => form.setValue('handoverKeywords', keywords, { shouldDirty: true })}
          />
        </div>
        <label className="flex items-center gap-2">
          <input
            type="checkbox"

            disabled={!canChange}
            {...form.register('handsOverUnanswered')}
          />
          {t('unanswered')}
        </label>
        <TextArea
          className="w-full"
          label={t('handoverText')}
          hint={t('handoverTextHint')}
          disabled={!canChange}
          {...field('handoverText')}
        />
        <div className="grid w-full gap-4 sm:grid-cols-2">
          <TextField
            label={t('personCooldown')}
            type="number"
            inputMode="numeric"
            disabled={!canChange}
            {...field('personCooldownSeconds', { valueAsNumber: true })}
          />
          <TextField
            label={t('roomLimit')}
            type="number"
            inputMode="numeric"
            disabled={!canChange}
            {...field('roomRepliesPerMinute', { valueAsNumber: true })}
          />
        </div>
        <SaveFooter problem={problem} isBusy={isBusy} isDirty={form.formState.isDirty} />
      </form>
    </Card>
  )
}
