'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { callDashboard } from '@/components/queries/call-dashboard'
import { applicationsQuery, robotsQuery } from '@/components/queries/queries'
import { useAct } from '@/components/queries/use-act'
import { useErrorText } from '@/components/queries/use-error-text'
import { Button } from '@/components/ui/button'
import { SelectField, TextField } from '@/components/ui/field'
import { Sheet } from '@/components/ui/sheet'

type Props = { isOpen: boolean; onOpenChange: (isOpen: boolean) => void; applicationId?: string }

/** Makes a robot and goes to its login page, the next thing anyone wants. */
export function CreateRobotSheet({ isOpen, onOpenChange, applicationId }: Props) {
  const t = useTranslations('robot')
  const router = useRouter()
  const describe = useErrorText()
  const { data: applications = [] } = useQuery({ ...applicationsQuery(), enabled: isOpen })
  const [chosen, setChosen] = useState(applicationId ?? '')
  const [username, setUsername] = useState('')
  const create = useAct({
    call: (form: { applicationId: string; username: string }) =>
      callDashboard<{ robotId: string }>('/robots', 'POST', form),
    refresh: [robotsQuery().queryKey],
    isQuiet: true,
    onDone: ({ robotId }) => router.push(`/dashboard/robots/${robotId}/session`),
  })
  const application = chosen || applications[0]?.id || ''
  return (
    <Sheet isOpen={isOpen} onOpenChange={onOpenChange} title={t('create')} description={t('createHint')}>
      {applications.length === 0 ? (
        <p>
          {t('needsApplication')}{' '}
          <Link href="/dashboard/applications" className="link">
            {t('toApplications')}
          </Link>
        </p>
      ) : (
        <form
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault()
            create.mutate({ applicationId: application, username })
          }}
        >
          <SelectField
            label={t('column.application')}
            value={application}
            onChange={(event) => setChosen(event.target.value)}
          >
            {applications.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </SelectField>
          <TextField
            label={t('username')}
            hint={t('usernameHint')}
            error={create.error && describe(create.error)}
            value={username}
            onChange={(event) => setUsername(event.target.value)}
            required
            maxLength={64}
            spellCheck={false}
          />
          <Button type="submit" look="primary" isBusy={create.isPending}>
            {t('create')}
          </Button>
        </form>
      )}
    </Sheet>
  )
}
