'use client'

import { useTranslations } from 'use-intl'
import type { RobotView } from '@/lib/dashboard/robot/list'
import { SaveFooter } from '@/components/form/save-footer'
import { useActionForm } from '@/components/form/use-action-form'
import { robotQuery } from '@/components/queries/queries'
import { useCanChange } from '@/components/shell/role-context'
import { Card } from '@/components/ui/card'
import { TextArea, TextField } from '@/components/ui/field'

type Props = { robot: Pick<RobotView, 'id' | 'welcomeText' | 'handsOverInService' | 'servicerId'> }

/** Edits how a 客服 account receives people: its welcome text, and where a person is requested. */
export function ReceptionForm({ robot: { id: robotId, ...reception } }: Props) {
  const t = useTranslations('robotSettings')
  const { welcomeText, handsOverInService, servicerId } = reception
  const canChange = useCanChange()
  const { form, field, onSubmit, isBusy, problem } = useActionForm({
    schema: () => import('@/lib/dashboard/robot/form').then(({ receptionForm }) => receptionForm),
    values: { welcomeText, handsOverInService, servicerId },
    call: (body, send) => send('PUT', '/robots/[robotId]/reception', { ids: { robotId }, body }),
    done: t('saved'),
    refresh: [robotQuery(robotId).queryKey],
    onDone: (_output, values) => form.reset(values),
  })
  return (
    <Card title={t('receptionTitle')} hint={t('receptionHint')}>
      <form noValidate className="flex flex-col items-start gap-4" onSubmit={onSubmit}>
        <TextArea
          className="w-full"
          label={t('welcomeText')}
          hint={t('welcomeTextHint')}
          disabled={!canChange}
          {...field('welcomeText')}
        />
        <div className="w-full">
          <label className="flex items-center gap-2">
            <input
              type="checkbox"

              disabled={!canChange}
              aria-describedby="hands-over-hint"
              {...form.register('handsOverInService')}
            />
            {t('handsOverInService')}
          </label>
          <p id="hands-over-hint" className="mt-1 text-sm text-muted">
            {t('handsOverInServiceHint')}
          </p>
        </div>
        <TextField
          className="w-full"
          label={t('servicerId')}
          hint={t('servicerIdHint')}
          readOnly={!canChange}
          autoComplete="off"
          {...field('servicerId')}
        />
        <SaveFooter problem={problem} isBusy={isBusy} isDirty={form.formState.isDirty} />
      </form>
    </Card>
  )
}
