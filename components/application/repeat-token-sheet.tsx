'use client'

import { useTranslations } from 'use-intl'
import { FormProblem } from '@/components/form/form-problem'
import { useActForm } from '@/components/form/use-act-form'
import { callDashboard } from '@/components/queries/call-dashboard'
import { applicationsKey } from '@/components/queries/queries'
import { Button } from '@/components/ui/button'
import { TextField } from '@/components/ui/field'
import { Sheet } from '@/components/ui/sheet'
import { OverlapField } from './overlap-field'

type Props = { applicationId: string; isOpen: boolean; onOpenChange: (isOpen: boolean) => void }

/** Has callbacks repeat an access token again, which has to be given: only its hash is kept. */
export function RepeatTokenSheet({ applicationId, isOpen, onOpenChange }: Props) {
  const t = useTranslations('callbackToken')
  return (
    <Sheet isOpen={isOpen} onOpenChange={onOpenChange} title={t('repeat')} description={t('repeatHint')}>
      <RepeatForm applicationId={applicationId} onDone={() => onOpenChange(false)} />
    </Sheet>
  )
}

function RepeatForm({ applicationId, onDone }: { applicationId: string; onDone: () => void }) {
  const t = useTranslations('callbackToken')
  const { field, onSubmit, isBusy, problem } = useActForm({
    schema: () => import('@/app/api/dashboard/forms').then(({ repeatForm }) => repeatForm),
    values: { token: '', overlapSeconds: 86_400 },
    call: (form) => callDashboard(`/applications/${applicationId}/callback-token`, 'PUT', form),
    done: t('repeated'),
    refresh: [applicationsKey],
    onDone,
  })
  return (
    <form noValidate className="flex flex-col gap-4" onSubmit={onSubmit}>
      <TextField
        label={t('repeatToken')}
        hint={t('repeatTokenHint')}
        placeholder="wx_…"
        spellCheck={false}
        {...field('token')}
      />
      <OverlapField hint={t('overlapHint')} {...field('overlapSeconds', { valueAsNumber: true })} />
      <FormProblem problem={problem} />
      <Button type="submit" look="primary" isBusy={isBusy}>
        {t('repeat')}
      </Button>
    </form>
  )
}
