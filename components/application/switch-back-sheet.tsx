'use client'

import { useTranslations } from 'use-intl'
import { FormProblem } from '@/components/form/form-problem'
import { useActionForm } from '@/components/form/use-action-form'
import { applicationsKey } from '@/components/queries/queries'
import { Button } from '@/components/ui/button'
import { TextField } from '@/components/ui/field'
import { Sheet } from '@/components/ui/sheet'
import { OverlapField } from '@/components/application/overlap-field'

type Props = { applicationId: string; isOpen: boolean; onOpenChange: (isOpen: boolean) => void }

/** Switches callbacks back to an access token. The operator pastes it, because only its hash is stored. */
export function SwitchBackSheet({ applicationId, isOpen, onOpenChange }: Props) {
  const t = useTranslations('callbackToken')
  return (
    <Sheet isOpen={isOpen} onOpenChange={onOpenChange} title={t('switchBack')} description={t('switchBackHint')}>
      <SwitchBackForm applicationId={applicationId} onDone={() => onOpenChange(false)} />
    </Sheet>
  )
}

function SwitchBackForm({ applicationId, onDone }: { applicationId: string; onDone: () => void }) {
  const t = useTranslations('callbackToken')
  const { field, onSubmit, isBusy, problem } = useActionForm({
    schema: () => import('@/lib/dashboard/application/form').then(({ repeatForm }) => repeatForm),
    values: { token: '', overlapSeconds: 86_400 },
    call: (body, send) => send('PUT', '/applications/[applicationId]/callback-token', { ids: { applicationId }, body }),
    done: t('switchedBack'),
    refresh: [applicationsKey],
    onDone,
  })
  return (
    <form noValidate className="flex flex-col gap-4" onSubmit={onSubmit}>
      <TextField
        label={t('accessToken')}
        hint={t('accessTokenHint')}
        placeholder="wx_…"
        spellCheck={false}
        {...field('token')}
      />
      <OverlapField hint={t('overlapHint')} {...field('overlapSeconds', { valueAsNumber: true })} />
      <FormProblem problem={problem} />
      <Button type="submit" variant="primary" isBusy={isBusy}>
        {t('switchBack')}
      </Button>
    </form>
  )
}
