'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { AssistantView } from '@/lib/dashboard/robot/assistant'
import { FormProblem } from '@/components/form/form-problem'
import { useActionForm } from '@/components/form/use-action-form'
import { robotQuery, robotsQuery } from '@/components/queries/queries'
import { Button } from '@/components/ui/button'
import { FileField } from '@/components/ui/file-field'
import { assistantQuery } from '@/components/qun/qun-queries'
import { StarterContactsField, type StarterContact } from '@/components/qun/starter-contacts-field'
import { readBase64 } from '@/components/qun/read-base64'

type Values = {
  isAssistant: boolean
  acceptsNicknames: boolean
  companions: string[]
  picked: { name: string; username: string }[]
  codeBase64?: string | undefined
}

/** Edits the group assistant settings of a robot; starter contacts are picked from its contacts or typed. */
export function AssistantForm({ robotId, assistant }: { robotId: string; assistant: AssistantView }) {
  const t = useTranslations('assistant')
  const names = assistant.companions.map(({ name }) => name)
  const [starters, setStarters] = useState<StarterContact[]>(names.map((name) => ({ name })))
  const { form, field, onSubmit, isBusy, problem } = useActionForm<Values>({
    schema: () => import('@/lib/dashboard/qun/form').then(({ assistantForm }) => assistantForm),
    values: {
      isAssistant: assistant.isAssistant,
      acceptsNicknames: assistant.acceptsNicknames,
      companions: names,
      picked: [],
      codeBase64: undefined,
    },
    call: (body, send) => send('PATCH', '/robots/[robotId]/assistant', { ids: { robotId }, body }),
    done: t('saved'),
    refresh: [assistantQuery(robotId).queryKey, robotQuery(robotId).queryKey, robotsQuery().queryKey],
  })
  const { companions: wrong } = form.formState.errors
  return (
    <form noValidate className="flex flex-col items-start gap-4" onSubmit={onSubmit}>
      <label className="flex cursor-pointer items-center gap-2">
        <input type="checkbox" {...form.register('isAssistant')} />
        {t('isAssistant')}
      </label>
      <div>
        <label className="flex cursor-pointer items-center gap-2">
          <input
            type="checkbox"

            aria-describedby="accepts-nicknames-hint"
            {...form.register('acceptsNicknames')}
          />
          {t('acceptsNicknames')}
        </label>
        <p id="accepts-nicknames-hint" className="mt-1 text-sm text-muted">
          {t('acceptsNicknamesHint')}
        </p>
      </div>
      <StarterContactsField
        robotId={robotId}
        value={starters}
        // The error of a single line, or of the whole list.
        error={wrong?.message ?? (wrong as { message?: string }[] | undefined)?.find?.(Boolean)?.message ?? null}
        onChange={(next) => {
          setStarters(next)
          const how = { shouldValidate: true, shouldDirty: true }
          form.setValue(
            'companions',
            next.map(({ name }) => name),
            how,
          )
          form.setValue(
            'picked',
            next.flatMap(({ name, username }) => (username ? { name, username } : [])),
            how,
          )
        }}
      />
      <FileField
        className="w-full"
        label={t('contactQr')}
        hint={assistant.hasContactQr ? t('contactQrUploaded') : t('contactQrHint')}
        error={field('codeBase64').error}
        accept="image/png,image/jpeg,image/webp"
        onFile={async (picture) => {
          form.setValue('codeBase64', picture && (await readBase64(picture)), {
            shouldValidate: true,
            shouldDirty: true,
          })
        }}
      />
      <FormProblem problem={problem} />
      <Button type="submit" isBusy={isBusy}>
        {t('save')}
      </Button>
    </form>
  )
}
