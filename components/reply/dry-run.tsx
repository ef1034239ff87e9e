'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { OutputOf } from '@/lib/dashboard/wire'
import type { RepliesView } from '@/lib/dashboard/reply/replies'
import { useAction } from '@/components/queries/use-action'
import { Button } from '@/components/ui/button'
import { SelectField, TextField } from '@/components/ui/field'

type Input = {
  text: string
  type: 'message' | 'joined'
  isFirstContact: boolean
  robotId: string
  qunId: string | null
}
type Result = OutputOf<'POST', '/applications/[applicationId]/replies/dry-run'>

/** Shows what the rules would reply to a message, without sending it. */
export function DryRun({ applicationId, replies: { robots, quns } }: { applicationId: string; replies: RepliesView }) {
  const t = useTranslations('reply')
  const [input, setInput] = useState<Input>({
    text: '',
    type: 'message',
    isFirstContact: false,
    robotId: robots[0]?.id ?? '',
    qunId: null,
  })
  const [result, setResult] = useState<Result | null>(null)
  const run = useAction<Input, Result>({
    call: (body, send) =>
      send('POST', '/applications/[applicationId]/replies/dry-run', { ids: { applicationId }, body }),
    onDone: setResult,
  })
  const change = (part: Partial<Input>) => {
    setInput({ ...input, ...part })
    setResult(null)
  }
  return (
    <form
      className="mt-4 flex flex-col gap-3 rounded-lg bg-hover p-4"
      onSubmit={(event) => {
        event.preventDefault()
        run.mutate(input)
      }}
    >
      <h3 className="font-medium">{t('dryRunTitle')}</h3>
      <div className="grid gap-3 sm:grid-cols-[1fr_12rem]">
        <TextField
          label={t('dryRunText')}
          value={input.text}
          maxLength={2000}
          disabled={input.type === 'joined'}
          onChange={({ target }) => change({ text: target.value })}
        />
        <SelectField
          label={t('dryRunEvent')}
          value={input.type === 'joined' ? 'joined' : input.isFirstContact ? 'first' : 'message'}
          onChange={({ target: { value } }) =>
            change({ type: value === 'joined' ? 'joined' : 'message', isFirstContact: value === 'first' })
          }
        >
          <option value="message">{t('event.message')}</option>
          <option value="first">{t('event.first')}</option>
          <option value="joined">{t('event.joined')}</option>
        </SelectField>
      </div>
      <div className="grid gap-3 empty:hidden sm:grid-cols-2">
        {robots.length > 1 && (
          <SelectField
            label={t('robot')}
            value={input.robotId}
            onChange={({ target }) => change({ robotId: target.value })}
          >
            {robots.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </SelectField>
        )}
        {quns.length > 0 && (
          <SelectField
            label={t('qun')}
            value={input.qunId ?? ''}
            onChange={({ target }) => change({ qunId: target.value || null })}
          >
            <option value="">{t('noQun')}</option>
            {quns.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </SelectField>
        )}
      </div>
      <div>
        <Button type="submit" isBusy={run.isPending}>
          {t('dryRun')}
        </Button>
      </div>
      <div aria-live="polite">
        {result &&
          (result.match ? (
            <p className="wrap-anywhere whitespace-pre-wrap">
              <span className="font-medium">
                {result.match.ruleName} → {t(`answer.${result.match.answer}`)}
              </span>{' '}
              {result.match.content}
            </p>
          ) : (
            <p className="text-muted">{t('noMatch')}</p>
          ))}
      </div>
    </form>
  )
}
