'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { AssistantView } from '@/app/api/dashboard/views/assistant'
import { callDashboard } from '@/components/queries/call-dashboard'
import { robotQuery, robotsQuery } from '@/components/queries/queries'
import { useAct } from '@/components/queries/use-act'
import { Button } from '@/components/ui/button'
import { TextArea, TextField } from '@/components/ui/field'
import { assistantQuery } from './qun-queries'

export function AssistantForm({ robotId, assistant }: { robotId: string; assistant: AssistantView }) {
  const t = useTranslations('assistant')
  const [isAssistant, setAssistant] = useState(assistant.isAssistant)
  const [names, setNames] = useState(assistant.companions.map(({ name }) => name).join('\n'))
  const [picture, setPicture] = useState<File | null>(null)
  const save = useAct({
    call: async () =>
      callDashboard(`/robots/${robotId}/assistant`, 'PATCH', {
        isAssistant,
        companions: names.split('\n').filter((name) => name.trim()),
        ...(picture ? { codeBase64: await readBase64(picture) } : {}),
      }),
    done: t('saved'),
    refresh: [assistantQuery(robotId).queryKey, robotQuery(robotId).queryKey, robotsQuery().queryKey],
  })
  return (
    <form
      className="flex flex-col items-start gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate()
      }}
    >
      <label className="flex items-center gap-2">
        <input type="checkbox" checked={isAssistant} onChange={(event) => setAssistant(event.target.checked)} />
        {t('isAssistant')}
      </label>
      <TextArea
        className="w-full"
        label={t('companions')}
        hint={t('companionsHint')}
        value={names}
        onChange={(event) => setNames(event.target.value)}
      />
      <TextField
        className="w-full"
        label={t('code')}
        hint={assistant.hasCode ? t('codeIsThere') : t('codeHint')}
        type="file"
        accept="image/png,image/jpeg,image/webp"
        onChange={(event) => setPicture(event.target.files?.[0] ?? null)}
      />
      <Button type="submit" isBusy={save.isPending}>
        {t('save')}
      </Button>
    </form>
  )
}

function readBase64(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.addEventListener('load', () => resolve((reader.result as string).replace(/^[^,]*,/, '')))
    reader.addEventListener('error', () => reject(reader.error ?? new Error('unreadable')))
    reader.readAsDataURL(file)
  })
}
