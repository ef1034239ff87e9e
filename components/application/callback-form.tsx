'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { ApplicationDetail } from '@/app/api/dashboard/views/applications'
import { EventTypesField } from '@/components/callback/event-types-field'
import { useCanChange } from '@/components/frame/role-context'
import { callDashboard } from '@/components/queries/call-dashboard'
import { applicationQuery, applicationsQuery } from '@/components/queries/queries'
import { useAct } from '@/components/queries/use-act'
import { useErrorText } from '@/components/queries/use-error-text'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { SelectField, TextField } from '@/components/ui/field'

const scopes = ['bound', 'all', 'all+private'] as const
const scopeKey = { bound: 'bound', all: 'all', 'all+private': 'allPrivate' } as const

/** Where an application is told of messages, and of which. */
export function CallbackForm({ application }: { application: ApplicationDetail }) {
  const t = useTranslations('application')
  const canChange = useCanChange()
  const describe = useErrorText()
  const [callbackUrl, setCallbackUrl] = useState(application.callbackUrl ?? '')
  const [eventTypes, setEventTypes] = useState<string[]>(application.eventTypes)
  const [roomScope, setRoomScope] = useState<string>(application.roomScope)
  const save = useAct({
    call: () =>
      callDashboard(`/applications/${application.id}`, 'PATCH', {
        callbackUrl: callbackUrl.trim(),
        roomScope,
        eventTypes,
      }),
    done: t('changesSaved'),
    refresh: [applicationQuery(application.id).queryKey, applicationsQuery().queryKey],
    isQuiet: true,
  })
  return (
    <Card title={t('callbackTitle')} hint={t('callbackHint')}>
      <form
        className="flex max-w-[640px] flex-col items-start gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          save.mutate()
        }}
      >
        <TextField
          className="w-full"
          label={t('callbackUrl')}
          hint={t('callbackUrlHint')}
          error={save.error && describe(save.error)}
          type="url"
          value={callbackUrl}
          onChange={(event) => setCallbackUrl(event.target.value)}
          readOnly={!canChange}
          placeholder="https://"
        />
        <SelectField
          className="w-full sm:w-80"
          label={t('roomScope')}
          hint={t(`scopeHint.${scopeKey[roomScope as keyof typeof scopeKey]}`)}
          value={roomScope}
          onChange={(event) => setRoomScope(event.target.value)}
          disabled={!canChange}
        >
          {scopes.map((scope) => (
            <option key={scope} value={scope}>
              {t(`scope.${scopeKey[scope]}`)}
            </option>
          ))}
        </SelectField>
        <EventTypesField chosen={eventTypes} onChange={setEventTypes} isDisabled={!canChange} />
        {canChange && (
          <Button type="submit" isBusy={save.isPending}>
            {t('save')}
          </Button>
        )}
      </form>
    </Card>
  )
}
