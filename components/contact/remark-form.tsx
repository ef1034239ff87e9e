'use client'

import { useTranslations } from 'use-intl'
import type { ContactRow } from '@/lib/address-book/list-contacts'
import { FormProblem } from '@/components/form/form-problem'
import { useActionForm } from '@/components/form/use-action-form'
import { Button } from '@/components/ui/button'
import { TextField } from '@/components/ui/field'
import { addressBookQuery } from '@/components/contact/contact-queries'

/** The remark of a contact, which WeChat keeps. */
export function RemarkForm({ robotId, contact, onDone }: { robotId: string; contact: ContactRow; onDone: () => void }) {
  const t = useTranslations('contact')
  const { username, remark } = contact
  const { field, onSubmit, isBusy, problem } = useActionForm<{ username: string; remark: string }>({
    schema: () => import('@/lib/dashboard/robot/contact-form').then(({ remarkForm }) => remarkForm),
    values: { username, remark },
    call: (body, send) => send('POST', '/robots/[robotId]/address-book/remark', { ids: { robotId }, body }),
    done: t('saved'),
    refresh: [addressBookQuery(robotId).queryKey],
    onDone,
  })
  return (
    <form noValidate className="flex flex-col gap-4" onSubmit={onSubmit}>
      <TextField label={t('remark')} hint={t('remarkHint')} {...field('remark')} />
      <FormProblem problem={problem} />
      <Button type="submit" variant="primary" isBusy={isBusy}>
        {t('saveRemark')}
      </Button>
    </form>
  )
}
