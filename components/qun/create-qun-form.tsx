'use client'

import Link from 'next/link'
import { useTranslations } from 'use-intl'
import type { AssistantChoice } from '@/lib/dashboard/qun/assistants'
import { FormProblem } from '@/components/form/form-problem'
import { useActionForm } from '@/components/form/use-action-form'
import { useNavigate } from '@/components/leave/use-navigate'
import { newGroupCode } from '@/lib/qun/new-group-code'
import { qunsQuery } from '@/components/qun/qun-queries'
import { Button } from '@/components/ui/button'
import { SelectField, TextField } from '@/components/ui/field'

type Draft = { assistant: string; owner: string; code: string; name: string }

/** Requests a merchant group and opens its page. */
export function CreateQunForm({ assistants }: { assistants: AssistantChoice[] }) {
  const t = useTranslations('qun')
  const navigate = useNavigate()
  const { form, field, onSubmit, isBusy, problem } = useActionForm<Draft, { qunId: string }>({
    schema: () => import('@/lib/dashboard/qun/form').then(({ qunForm }) => qunForm),
    values: { assistant: assistants[0]?.username ?? '', owner: '', code: '', name: '' },
    call: (body, send) => send('POST', '/quns', { body }),
    refresh: [qunsQuery().queryKey],
    onDone: ({ qunId }) => navigate(`/dashboard/quns/${qunId}`),
  })
  const chosen = assistants.find(({ username }) => username === form.watch('assistant'))
  return (
    <form noValidate className="flex flex-col gap-4" onSubmit={onSubmit}>
      <SelectField
        label={t('column.assistant')}
        hint={chosen && <AssistantHint assistant={chosen} />}
        {...field('assistant')}
      >
        {assistants.map(({ username, name, isCustomerGroup }) => (
          <option key={username} value={username}>
            {name === username ? name : `${name} (${username})`}
            {isCustomerGroup ? ` · ${t('customerGroupShort')}` : ''}
          </option>
        ))}
      </SelectField>
      <TextField label={t('column.owner')} hint={t('ownerHint')} {...field('owner')} />
      <div className="flex flex-col items-start gap-2">
        <TextField
          className="w-full"
          label={t('groupCode')}
          hint={t('groupCodeHint')}
          spellCheck={false}
          {...field('code')}
        />
        <Button onClick={() => form.setValue('code', newGroupCode(), { shouldValidate: true, shouldDirty: true })}>
          {t('generateCode')}
        </Button>
      </div>
      <TextField label={t('givenName')} hint={t('givenNameHint')} {...field('name')} />
      <FormProblem problem={problem} />
      <Button type="submit" variant="primary" isBusy={isBusy}>
        {t('create')}
      </Button>
    </form>
  )
}

/** What the chosen assistant can do now, and what it lacks. */
function AssistantHint({ assistant }: { assistant: AssistantChoice }) {
  const t = useTranslations('qun')
  const { robotId, isOnline, isCustomerGroup, lacksStarters } = assistant
  if (lacksStarters)
    return (
      <span className="text-warn">
        {t('lacksStarters')}{' '}
        <Link className="link" href={`/dashboard/robots/${robotId}/settings`}>
          {t('toStarters')}
        </Link>
      </span>
    )
  if (isCustomerGroup) return t('customerGroupHint')
  return isOnline ? t('assistantOnline') : t('assistantOffline')
}
