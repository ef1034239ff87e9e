'use client'

import { useTranslations } from 'use-intl'
import type { QunDetail } from '@/lib/dashboard/qun/detail'
import { FormProblem } from '@/components/form/form-problem'
import { useActionForm } from '@/components/form/use-action-form'
import { qunQuery, qunsQuery } from '@/components/qun/qun-queries'
import { Button } from '@/components/ui/button'
import { TextField } from '@/components/ui/field'

/** The name of a group, which WeChat's room gets too. */
export function RenameQun({ qun, onDone }: { qun: QunDetail; onDone: () => void }) {
  const t = useTranslations('qun')
  const { field, onSubmit, isBusy, problem } = useActionForm<{ name: string }>({
    schema: () => import('@/lib/dashboard/qun/form').then(({ qunNameForm }) => qunNameForm),
    values: { name: qun.name },
    call: (body, send) => send('PATCH', '/quns/[qunId]', { ids: { qunId: qun.id }, body }),
    done: t('saved'),
    refresh: [qunQuery(qun.id).queryKey, qunsQuery().queryKey],
    onDone,
  })
  return (
    <form noValidate className="flex flex-col gap-4" onSubmit={onSubmit}>
      <TextField
        label={t('column.name')}
        hint={qun.isCustomerGroup ? t('renameCustomerGroup') : t('renameHint')}
        {...field('name')}
      />
      <FormProblem problem={problem} />
      <Button type="submit" variant="primary" isBusy={isBusy}>
        {t('saveName')}
      </Button>
    </form>
  )
}
