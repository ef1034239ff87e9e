'use client'

import { useTranslations } from 'use-intl'
import { FormProblem } from '@/components/form/form-problem'
import { useCanChange } from '@/components/shell/role-context'
import { Button } from '@/components/ui/button'

/** Ends a form of a page: the error of the whole form and, for operators who may change it, the button that saves. */
export function SaveFooter(state: { problem: string | null; isBusy: boolean; isDirty: boolean }) {
  const t = useTranslations('common')
  const canChange = useCanChange()
  return (
    <>
      <FormProblem problem={state.problem} />
      {canChange && (
        <Button type="submit" isBusy={state.isBusy} disabled={!state.isDirty}>
          {t('save')}
        </Button>
      )}
    </>
  )
}
