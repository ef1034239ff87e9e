'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { callDashboard } from '@/components/queries/call-dashboard'
import { robotQuery, robotsQuery } from '@/components/queries/queries'
import { useAct } from '@/components/queries/use-act'
import { Button } from '@/components/ui/button'
import { TextField } from '@/components/ui/field'

type Props = { robotId: string; agentId: string; isReadOnly: boolean }

export function AgentIdForm({ robotId, agentId, isReadOnly }: Props) {
  const t = useTranslations('robotSettings')
  const [value, setValue] = useState(agentId)
  const save = useAct({
    call: () => callDashboard(`/robots/${robotId}`, 'PATCH', { agentId: value }),
    done: t('saved'),
    refresh: [robotQuery(robotId).queryKey, robotsQuery().queryKey],
  })
  const tail = [...value.trim().normalize('NFC')].slice(-6).join('')
  return (
    <form
      className="flex flex-col items-start gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate()
      }}
    >
      <TextField
        className="w-full"
        label={t('agentId')}
        hint={tail ? t('agentIdTail', { tail }) : t('agentIdNone')}
        value={value}
        onChange={(event) => setValue(event.target.value)}
        readOnly={isReadOnly}
        maxLength={64}
        spellCheck={false}
      />
      {!isReadOnly && (
        <Button type="submit" isBusy={save.isPending}>
          {t('save')}
        </Button>
      )}
    </form>
  )
}
