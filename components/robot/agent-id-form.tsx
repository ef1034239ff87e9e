'use client'

import { useTranslations } from 'use-intl'
import { FormProblem } from '@/components/form/form-problem'
import { useActForm } from '@/components/form/use-act-form'
import { callDashboard } from '@/components/queries/call-dashboard'
import { robotQuery, robotsQuery } from '@/components/queries/queries'
import { Button } from '@/components/ui/button'
import { TextField } from '@/components/ui/field'

type Props = { robotId: string; agentId: string; isReadOnly: boolean }

/** The agent_id that rooms are bound by, with the six characters that count. */
export function AgentIdForm({ robotId, agentId, isReadOnly }: Props) {
  const t = useTranslations('robotSettings')
  const { form, field, onSubmit, isBusy, problem } = useActForm({
    schema: () => import('@/app/api/dashboard/forms').then(({ agentIdForm }) => agentIdForm),
    values: { agentId },
    call: (values) => callDashboard(`/robots/${robotId}`, 'PATCH', values),
    done: t('saved'),
    refresh: [robotQuery(robotId).queryKey, robotsQuery().queryKey],
  })
  const tail = [...form.watch('agentId').trim().normalize('NFC')].slice(-6).join('')
  return (
    <form noValidate className="flex flex-col items-start gap-4" onSubmit={onSubmit}>
      <TextField
        className="w-full"
        label={t('agentId')}
        hint={tail ? t('agentIdTail', { tail }) : t('agentIdNone')}
        readOnly={isReadOnly}
        spellCheck={false}
        {...field('agentId')}
      />
      <FormProblem problem={problem} />
      {!isReadOnly && (
        <Button type="submit" isBusy={isBusy}>
          {t('save')}
        </Button>
      )}
    </form>
  )
}
