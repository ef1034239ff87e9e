'use client'

import { useTranslations } from 'use-intl'
import type { RepliesView } from '@/lib/dashboard/reply/replies'
import { roomModes } from '@/lib/db/types'
import { SaveFooter } from '@/components/form/save-footer'
import { useActionForm } from '@/components/form/use-action-form'
import { repliesKey } from '@/components/queries/reply-queries'
import { ModelSpending } from '@/components/reply/model-spending'
import { useCanChange } from '@/components/shell/role-context'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { SelectField, TextArea, TextField } from '@/components/ui/field'

const numbers = ['modelTemperature', 'modelMaxTokens', 'modelTimeoutSeconds', 'modelMonthlyTokens'] as const
const prices = ['modelInputPrice', 'modelOutputPrice'] as const

/** How many articles are found by meaning, and why others are not. */
function EmbeddingState({ embedding }: { embedding: NonNullable<RepliesView['embedding']> }) {
  const t = useTranslations('reply')
  const { embeddedCount, articleCount, failure } = embedding
  return (
    <p className="text-sm text-muted">
      {t('embedded', { embedded: embeddedCount, count: articleCount })}{' '}
      {failure && <span className="text-bad">{t('embeddingFailed', { failure })}</span>}
    </p>
  )
}

/** Edits the model of an application. The key is write-only: an empty field keeps it. */
export function ModelForm({ applicationId, replies }: { applicationId: string; replies: RepliesView }) {
  const t = useTranslations('reply')
  const canChange = useCanChange()
  const { settings, usage, embedding, simulatedModelUrl } = replies
  const { modelUrl, modelName, embeddingModel, modelInstructions, modelRoomMode, hasModelKey } = settings
  const { modelTemperature, modelMaxTokens, modelTimeoutSeconds, modelMonthlyTokens } = settings
  const { modelInputPrice, modelOutputPrice, modelCurrency } = settings
  const { form, field, onSubmit, isBusy, problem } = useActionForm({
    schema: () => import('@/lib/dashboard/reply/form').then(({ replySettingsChange }) => replySettingsChange),
    values: {
      modelUrl,
      modelKey: '',
      modelName,
      embeddingModel,
      modelInstructions,
      modelRoomMode,
      modelTemperature,
      modelMaxTokens,
      modelTimeoutSeconds,
      modelMonthlyTokens,
      modelInputPrice,
      modelOutputPrice,
      modelCurrency,
    },
    call: ({ modelKey, ...body }, send) =>
      send('PATCH', '/applications/[applicationId]/replies', {
        ids: { applicationId },
        body: { ...body, ...(modelKey && { modelKey }) },
      }),
    done: t('saved'),
    refresh: [repliesKey],
    onDone: (_output, values) => form.reset({ ...values, modelKey: '' }),
  })
  const useSimulated = () => {
    form.setValue('modelUrl', simulatedModelUrl ?? '', { shouldDirty: true })
    form.setValue('modelName', 'simulator', { shouldDirty: true })
    form.setValue('embeddingModel', 'simulator', { shouldDirty: true })
  }
  return (
    <Card
      title={t('modelTitle')}
      hint={t('modelHint')}
      action={canChange && simulatedModelUrl && <Button onClick={useSimulated}>{t('useSimulated')}</Button>}
    >
      <form noValidate className="flex max-w-[640px] flex-col items-start gap-4" onSubmit={onSubmit}>
        <TextField
          className="w-full"
          label={t('modelUrl')}
          hint={t('modelUrlHint')}
          type="url"
          placeholder="https://api.openai.com/v1"
          spellCheck={false}
          disabled={!canChange}
          {...field('modelUrl')}
        />
        <div className="grid w-full gap-4 sm:grid-cols-2">
          <TextField label={t('modelName')} spellCheck={false} disabled={!canChange} {...field('modelName')} />
          <TextField
            label={t('modelKey')}
            hint={t(hasModelKey ? 'modelKeyKept' : 'modelKeyNone')}
            type="password"
            autoComplete="new-password"
            disabled={!canChange}
            {...field('modelKey')}
          />
        </div>
        <TextField
          className="w-full"
          label={t('embeddingModel')}
          hint={t('embeddingModelHint')}
          placeholder="text-embedding-3-small"
          spellCheck={false}
          disabled={!canChange}
          {...field('embeddingModel')}
        />
        {embedding && <EmbeddingState embedding={embedding} />}
        <TextArea
          className="w-full"
          label={t('instructions')}
          hint={t('instructionsHint')}
          disabled={!canChange}
          {...field('modelInstructions')}
        />
        <SelectField className="w-full sm:w-80" label={t('rooms')} disabled={!canChange} {...field('modelRoomMode')}>
          {roomModes.map((mode) => (
            <option key={mode} value={mode}>
              {t(`roomMode.${mode}`)}
            </option>
          ))}
        </SelectField>
        <div className="grid w-full gap-4 sm:grid-cols-2">
          {numbers.map((name) => (
            <TextField
              key={name}
              label={t(`number.${name}`)}
              type="number"
              step={name === 'modelTemperature' ? 0.1 : 1}
              inputMode="decimal"
              disabled={!canChange}
              {...field(name, { valueAsNumber: true })}
            />
          ))}
        </div>
        <div className="grid w-full gap-4 sm:grid-cols-3">
          {prices.map((name) => (
            <TextField
              key={name}
              label={t(`price.${name}`)}
              hint={t(`priceHint.${name}`)}
              type="number"
              step="any"
              inputMode="decimal"
              disabled={!canChange}
              {...field(name, { setValueAs: (text: unknown) => (text === '' || text === null ? null : Number(text)) })}
            />
          ))}
          <TextField
            label={t('currency')}
            hint={t('currencyHint')}
            maxLength={3}
            spellCheck={false}
            disabled={!canChange}
            {...field('modelCurrency', { setValueAs: (text: string) => text.trim().toUpperCase() })}
          />
        </div>
        <ModelSpending usage={usage} />
        <SaveFooter problem={problem} isBusy={isBusy} isDirty={form.formState.isDirty} />
      </form>
    </Card>
  )
}
