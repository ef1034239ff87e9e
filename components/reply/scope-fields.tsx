'use client'

import { useTranslations } from 'use-intl'
import type { RepliesView } from '@/lib/dashboard/reply/replies'
import { SelectField } from '@/components/ui/field'

type Field = Omit<Parameters<typeof SelectField>[0], 'label' | 'children'>
type Props = { options: Pick<RepliesView, 'robots' | 'quns'>; robot: Field; qun: Field }

/** Limits a rule to a robot and to a merchant group. */
export function ScopeFields({ options: { robots, quns }, robot, qun }: Props) {
  const t = useTranslations('reply')
  return (
    <>
      {robots.length > 0 && (
        <SelectField label={t('robot')} {...robot}>
          <option value="">{t('allRobots')}</option>
          {robots.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </SelectField>
      )}
      {quns.length > 0 && (
        <SelectField label={t('qun')} {...qun}>
          <option value="">{t('allQuns')}</option>
          {quns.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </SelectField>
      )}
    </>
  )
}
