'use client'

import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { EventTypesField } from '@/components/application/event-types-field'
import { HeaderFields, type HeaderValue } from '@/components/endpoint/header-fields'
import { FormProblem } from '@/components/form/form-problem'
import { useActionForm } from '@/components/form/use-action-form'
import type { SendChange } from '@/components/queries/call-dashboard'
import { callbacksKey } from '@/components/queries/callback-queries'
import { useCanChange } from '@/components/shell/role-context'
import { ChoicesField } from '@/components/ui/choices-field'
import { SelectField, TextField } from '@/components/ui/field'
import { type CallbackEventType, type RoomScope, roomScopes } from '@/lib/db/types'

export type EndpointValues = {
  name: string
  url: string
  eventTypes: CallbackEventType[]
  roomScope: RoomScope
  robotIds: string[]
  roomIds: string[]
  headers: HeaderValue[]
}

const scopeKey = { bound: 'bound', all: 'all', 'all+private': 'allPrivate' } as const

type Props<Output> = {
  applicationId: string
  values: EndpointValues
  isNew: boolean
  done?: string
  call: (values: EndpointValues, send: SendChange) => Promise<Output>
  onDone?: (output: Output) => void
  /** Renders the end of the form. */
  children: (state: { problem: ReactNode; isBusy: boolean; isDirty: boolean }) => ReactNode
}

/** The fields of an additional endpoint: where, which events, of which robots and rooms, with which headers. */
export function EndpointForm<Output>({ applicationId, values, isNew, done, call, onDone, children }: Props<Output>) {
  const t = useTranslations('endpoint')
  const application = useTranslations('application')
  const canChange = useCanChange()
  const { form, field, onSubmit, isBusy, problem } = useActionForm<EndpointValues, Output>({
    schema: () => import('@/lib/callback/endpoint/endpoint-fields').then((file) => file.endpointFields),
    values,
    call,
    refresh: [callbacksKey],
    onDone: (output, saved) => {
      form.reset({ ...saved, headers: saved.headers.map(({ name }) => ({ name, value: '' })) })
      onDone?.(output)
    },
    ...(done && { done }),
  })
  const [roomScope, robotIds, roomIds, headers] = form.watch(['roomScope', 'robotIds', 'roomIds', 'headers'])
  const list = (name: 'robotIds' | 'roomIds') => ({
    applicationId,
    isDisabled: !canChange,
    error: field(name).error,
    onChange: (ids: string[]) => form.setValue(name, ids, { shouldDirty: true, shouldTouch: true }),
  })
  const { error: eventsError, ...events } = field('eventTypes')
  return (
    <form noValidate className="flex flex-col items-start gap-4 [&>*]:w-full" onSubmit={onSubmit}>
      <TextField label={t('name')} hint={t('nameHint')} readOnly={!canChange} {...field('name')} />
      <TextField
        label={t('url')}
        hint={canChange ? t('urlHint') : application('urlMasked')}
        type="url"
        placeholder="https://"
        spellCheck={false}
        readOnly={!canChange}
        {...field('url')}
      />
      <div>
        <EventTypesField field={events} isDisabled={!canChange} />
        <FormProblem problem={eventsError} />
      </div>
      <ChoicesField kind="robot" label={t('robots')} hint={t('robotsHint')} values={robotIds} {...list('robotIds')} />
      <ChoicesField kind="room" label={t('rooms')} hint={t('roomsHint')} values={roomIds} {...list('roomIds')} />
      {roomIds.length === 0 && (
        <SelectField
          label={application('roomScope')}
          hint={application(`scopeHint.${scopeKey[roomScope]}`)}
          disabled={!canChange}
          {...field('roomScope')}
        >
          {roomScopes.map((scope) => (
            <option key={scope} value={scope}>
              {application(`scope.${scopeKey[scope]}`)}
            </option>
          ))}
        </SelectField>
      )}
      <HeaderFields
        values={headers}
        storedNames={isNew ? [] : values.headers.map(({ name }) => name)}
        error={field('headers').error}
        errorOf={(path) => field(path).error}
        isDisabled={!canChange}
        onChange={(next) => form.setValue('headers', next, { shouldDirty: true, shouldTouch: true })}
      />
      {children({ problem: <FormProblem problem={problem} />, isBusy, isDirty: form.formState.isDirty })}
    </form>
  )
}
