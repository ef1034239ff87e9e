'use client'

import { useTranslations } from 'use-intl'
import type { RepliesView, RuleView } from '@/lib/dashboard/reply/replies'
import { type OpeningHours, type RuleAnswer, type RuleTrigger, ruleAnswers, ruleTriggers } from '@/lib/db/types'
import { FormProblem } from '@/components/form/form-problem'
import { useActionForm } from '@/components/form/use-action-form'
import { repliesKey } from '@/components/queries/reply-queries'
import { LinesField } from '@/components/reply/lines-field'
import { OpeningHoursField } from '@/components/reply/opening-hours-field'
import { RuleImageField } from '@/components/reply/rule-image-field'
import { ScopeFields } from '@/components/reply/scope-fields'
import { Button } from '@/components/ui/button'
import { SelectField, TextArea, TextField } from '@/components/ui/field'

type Values = {
  name: string
  robotId: string | null
  qunId: string | null
  isEnabled: boolean
  trigger: RuleTrigger
  patterns: string[]
  openingHours: OpeningHours | null
  answer: RuleAnswer
  content: string
  hasImage: boolean
  imageBase64: string
  cooldownSeconds: number
}

const newRule: Values = {
  name: '',
  robotId: null,
  qunId: null,
  isEnabled: true,
  trigger: 'contains',
  patterns: [],
  openingHours: null,
  answer: 'text',
  content: '',
  hasImage: false,
  imageBase64: '',
  cooldownSeconds: 0,
}

function valuesOf({ id: _id, firedCount: _count, lastFiredAt: _at, ...values }: RuleView): Values {
  return { ...values, imageBase64: '' }
}

/** "": everywhere. */
function scopeOf({ robotId, qunId }: Values) {
  return { robotId: robotId || null, qunId: qunId || null }
}

type Props = { applicationId: string; replies: RepliesView; rule: RuleView | null; onDone: () => void }

export function RuleForm({ applicationId, replies, rule, onDone }: Props) {
  const t = useTranslations('reply')
  const { form, field, onSubmit, isBusy, problem } = useActionForm<Values>({
    schema: () => import('@/lib/dashboard/reply/form').then(({ ruleForm }) => ruleForm),
    values: rule ? valuesOf(rule) : newRule,
    call: (values, send) => {
      const hasPatterns = !['joined', 'first_contact'].includes(values.trigger)
      const body = { ...values, ...scopeOf(values), patterns: hasPatterns ? values.patterns : [] }
      return rule
        ? send('PATCH', '/applications/[applicationId]/rules/[ruleId]', {
            ids: { applicationId, ruleId: rule.id },
            body,
          })
        : send('POST', '/applications/[applicationId]/rules', { ids: { applicationId }, body })
    },
    done: t('saved'),
    refresh: [repliesKey],
    onDone,
  })
  const [trigger, answer] = [form.watch('trigger'), form.watch('answer')]
  const set = <Name extends 'patterns' | 'openingHours'>(name: Name, value: Values[Name]) =>
    form.setValue(name, value as never, { shouldDirty: true, shouldValidate: form.formState.isSubmitted })
  return (
    <form noValidate className="flex flex-col gap-4" onSubmit={onSubmit}>
      <TextField label={t('name')} {...field('name')} />
      <SelectField label={t('when')} {...field('trigger')}>
        {ruleTriggers.map((each) => (
          <option key={each} value={each}>
            {t(`trigger.${each}`)}
          </option>
        ))}
      </SelectField>
      {trigger !== 'joined' && trigger !== 'first_contact' && (
        <LinesField
          label={t('patterns')}
          hint={t(trigger === 'matches' ? 'expressionHint' : 'patternsHint')}
          error={field('patterns').error}
          values={form.getValues('patterns')}
          onChange={(patterns) => set('patterns', patterns)}
        />
      )}
      <SelectField label={t('then')} {...field('answer')}>
        {ruleAnswers.map((each) => (
          <option key={each} value={each}>
            {t(`answer.${each}`)}
          </option>
        ))}
      </SelectField>
      {answer === 'image' ? (
        <RuleImageField
          value={{ hasImage: form.watch('hasImage'), imageBase64: form.watch('imageBase64') }}
          link={{ label: t('imageUrl'), type: 'url', placeholder: 'https://', ...field('content') }}
          onChange={({ hasImage, imageBase64 }) => {
            form.setValue('hasImage', hasImage, { shouldDirty: true })
            form.setValue('imageBase64', imageBase64, { shouldDirty: true })
            form.setValue('content', '', { shouldDirty: true, shouldValidate: form.formState.isSubmitted })
          }}
        />
      ) : (
        <TextArea
          label={t(answer === 'handover' ? 'handoverText' : 'ruleText')}
          hint={answer === 'handover' ? t('handoverTextHint') : t('textHint', { example: '{name}' })}
          {...field('content')}
        />
      )}
      <TextField
        label={t('cooldown')}
        hint={t('cooldownHint')}
        type="number"
        inputMode="numeric"
        {...field('cooldownSeconds', { valueAsNumber: true })}
      />
      <ScopeFields options={replies} robot={field('robotId')} qun={field('qunId')} />
      <OpeningHoursField
        value={form.watch('openingHours')}
        error={form.formState.errors.openingHours ? t('hoursInvalid') : null}
        onChange={(hours) => set('openingHours', hours)}
      />
      <label className="flex items-center gap-2">
        <input type="checkbox" {...form.register('isEnabled')} />
        {t('enabled')}
      </label>
      <FormProblem problem={problem} />
      <Button type="submit" variant="primary" isBusy={isBusy}>
        {t('save')}
      </Button>
    </form>
  )
}
