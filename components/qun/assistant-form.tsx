'use client'

import { useTranslations } from 'use-intl'
import type { AssistantView } from '@/app/api/dashboard/views/assistant'
import { FormProblem } from '@/components/form/form-problem'
import { useActForm } from '@/components/form/use-act-form'
import { callDashboard } from '@/components/queries/call-dashboard'
import { robotQuery, robotsQuery } from '@/components/queries/queries'
import { Button } from '@/components/ui/button'
import { TextArea, TextField } from '@/components/ui/field'
import { assistantQuery } from './qun-queries'
import { readBase64 } from './read-base64'

type Values = { isAssistant: boolean; companions: string[]; codeBase64?: string | undefined }

/** Whether a robot is an assistant, who its companions are, a line each, and the picture of its code. */
export function AssistantForm({ robotId, assistant }: { robotId: string; assistant: AssistantView }) {
  const t = useTranslations('assistant')
  const names = assistant.companions.map(({ name }) => name)
  const { form, field, onSubmit, isBusy, problem } = useActForm<Values>({
    schema: () => import('@/app/api/dashboard/quns/forms').then(({ assistantForm }) => assistantForm),
    values: { isAssistant: assistant.isAssistant, companions: names, codeBase64: undefined },
    call: (values) => callDashboard(`/robots/${robotId}/assistant`, 'PATCH', values),
    done: t('saved'),
    refresh: [assistantQuery(robotId).queryKey, robotQuery(robotId).queryKey, robotsQuery().queryKey],
  })
  const { companions: wrong } = form.formState.errors
  const linesOf = (text: string) => text.split('\n').flatMap((line) => line.trim() || [])
  return (
    <form noValidate className="flex flex-col items-start gap-4" onSubmit={onSubmit}>
      <label className="flex cursor-pointer items-center gap-2">
        <input type="checkbox" className="accent-accent" {...form.register('isAssistant')} />
        {t('isAssistant')}
      </label>
      <TextArea
        className="w-full"
        label={t('companions')}
        hint={t('companionsHint')}
        // Of one of the lines, or of all.
        error={wrong?.message ?? (wrong as { message?: string }[] | undefined)?.find?.(Boolean)?.message ?? null}
        defaultValue={names.join('\n')}
        onChange={({ target }) => form.setValue('companions', linesOf(target.value), { shouldValidate: true })}
      />
      <TextField
        className="w-full"
        label={t('code')}
        hint={assistant.hasCode ? t('codeIsThere') : t('codeHint')}
        error={field('codeBase64').error}
        type="file"
        accept="image/png,image/jpeg,image/webp"
        onChange={async ({ target }) => {
          const [picture] = target.files ?? []
          form.setValue('codeBase64', picture && (await readBase64(picture)), { shouldValidate: true })
        }}
      />
      <FormProblem problem={problem} />
      <Button type="submit" isBusy={isBusy}>
        {t('save')}
      </Button>
    </form>
  )
}
