'use client'

import { useTranslations } from 'use-intl'
import { FormProblem } from '@/components/form/form-problem'
import { useActionForm } from '@/components/form/use-action-form'
import { robotQuery, robotsQuery } from '@/components/queries/queries'
import { ScopeConfirmation, useScopeConfirmation } from '@/components/room/scope-confirmation'
import { Button } from '@/components/ui/button'
import { TextField } from '@/components/ui/field'

type Props = { robotId: string; agentId: string; isReadOnly: boolean }

/** Edits the agent ID that binds rooms by name, and shows the six characters that count. */
export function AgentIdForm({ robotId, agentId, isReadOnly }: Props) {
  const t = useTranslations('robotSettings')
  const question = useScopeConfirmation<{ agentId: string; isConfirmed: boolean }>()
  const { form, save, field, onSubmit, isBusy, problem } = useActionForm({
    schema: () => import('@/lib/dashboard/robot/form').then(({ agentIdForm }) => agentIdForm),
    values: { agentId, isConfirmed: false },
    call: (body, send) => send('PATCH', '/robots/[robotId]', { ids: { robotId }, body }),
    done: t('saved'),
    onRefused: question.ask,
    onDone: (_answer, values) => {
      question.close()
      form.reset({ ...values, isConfirmed: false })
    },
    refresh: [robotQuery(robotId).queryKey, robotsQuery().queryKey],
  })
  const tail = [...form.watch('agentId').trim().normalize('NFC')].slice(-6).join('')
  return (
    <>
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
      <ScopeConfirmation
        question={question}
        isBusy={isBusy}
        onConfirm={(values) => void save({ ...values, isConfirmed: true })}
      />
    </>
  )
}
