'use client'

import type { ComponentProps } from 'react'
import { useTranslations } from 'use-intl'
import { FormProblem } from '@/components/form/form-problem'
import { LinesField } from '@/components/reply/lines-field'
import { ChoicesField } from '@/components/ui/choices-field'
import { tokenScopes } from '@/lib/db/types'

type List = { values: string[]; error: string | null; onChange: (values: string[]) => void }

type Props = {
  /** Binds all checkboxes to one list. */
  scopes: ComponentProps<'input'> & { error: string | null }
  robotIds: List & { applicationId: string }
  networks: List
}

/** Limits a token to some calls, robots and addresses. */
export function TokenLimitFields({ scopes, robotIds, networks }: Props) {
  const t = useTranslations('token')
  const { error, ...field } = scopes
  return (
    <>
      <fieldset>
        <legend className="mb-1 text-sm font-medium">{t('scopes')}</legend>
        <p className="mb-1.5 text-sm text-muted">{t('scopesHint')}</p>
        <div className="flex flex-col gap-1.5">
          {tokenScopes.map((scope) => (
            <label key={scope} className="flex items-start gap-2">
              <input type="checkbox" {...field} value={scope} className="mt-1" />
              <span className="min-w-0">
                {t(`scope.${scope}`)} <span className="block text-sm text-muted">{t(`scopeHint.${scope}`)}</span>
              </span>
            </label>
          ))}
        </div>
        <FormProblem problem={error} />
      </fieldset>
      <ChoicesField kind="robot" label={t('robots')} hint={t('robotsHint')} {...robotIds} />
      <LinesField label={t('networks')} hint={t('networksHint')} {...networks} />
    </>
  )
}
