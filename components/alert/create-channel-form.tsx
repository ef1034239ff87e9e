'use client'

import { useState } from 'react'
import type { z } from 'zod'
import { useTranslations } from 'use-intl'
import type { ApplicationName } from '@/lib/application/list-applications'
import type { channelForm } from '@/lib/dashboard/alert/form'
import { alertsKey } from '@/components/alert/alert-queries'
import {
  ChannelAddressFields,
  ChannelContentFields,
  type ChannelDraft,
  emptySecrets,
  emptySettings,
} from '@/components/alert/channel-fields'
import type { OwnerRobot } from '@/components/alert/create-channel-sheet'
import { FormProblem } from '@/components/form/form-problem'
import { useActionForm } from '@/components/form/use-action-form'
import { useNavigate } from '@/components/leave/use-navigate'
import { Button } from '@/components/ui/button'
import { SelectField, TextField } from '@/components/ui/field'
import { alertChannelTypes, alertKinds } from '@/lib/db/types'

type Draft = ChannelDraft & { applicationId: string; robotId: string }

/** Returns a new secret of Standard Webhooks: `whsec_` and 32 random bytes. */
function newSigningSecret(): string {
  return `whsec_${btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32))))}`
}

/** Creates an alert channel and opens its page, where it is tested. */
export function CreateChannelForm({ applications, robots }: { applications: ApplicationName[]; robots: OwnerRobot[] }) {
  const t = useTranslations('alert')
  const navigate = useNavigate()
  const [signingSecret] = useState(newSigningSecret)
  const { form, field, onSubmit, isBusy, problem } = useActionForm<Draft, { channelId: string }>({
    schema: () => import('@/lib/dashboard/alert/form').then((file) => file.channelForm),
    values: {
      type: 'feishu',
      name: '',
      language: 'zh-CN',
      kinds: [...alertKinds],
      isEnabled: true,
      applicationId: '',
      robotId: robots[0]?.id ?? '',
      settings: emptySettings,
      secrets: { ...emptySecrets, signingSecret },
    },
    call: (body, send) => send('POST', '/alerts/channels', { body: body as z.input<typeof channelForm> }),
    refresh: [alertsKey],
    onDone: ({ channelId }) => navigate(`/dashboard/settings/alerts/${channelId}`),
  })
  const [type, applicationId] = form.watch(['type', 'applicationId'])
  const owners = robots.filter((robot) => applicationId === '' || robot.applicationId === applicationId)
  return (
    <form noValidate className="flex flex-col gap-4" onSubmit={onSubmit}>
      <SelectField label={t('typeLabel')} hint={t(`about.${type}`)} {...field('type')}>
        {alertChannelTypes.map((value) => (
          <option key={value} value={value}>
            {t(`type.${value}`)}
          </option>
        ))}
      </SelectField>
      <TextField label={t('name')} {...field('name')} />
      <SelectField label={t('scope')} hint={t('scopeHint')} {...field('applicationId')}>
        <option value="">{t('installation')}</option>
        {applications.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
      {type === 'robot_owner' && (
        <SelectField label={t('robot')} hint={owners.length === 0 ? t('noRobots') : undefined} {...field('robotId')}>
          {owners.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </SelectField>
      )}
      <ChannelAddressFields type={type} field={field as never} isStored={false} />
      <ChannelContentFields field={field as never} />
      <FormProblem problem={problem} />
      <Button type="submit" variant="primary" isBusy={isBusy}>
        {t('create')}
      </Button>
    </form>
  )
}
