import type { ComponentProps } from 'react'
import { useTranslations } from 'use-intl'
import { SelectField } from '@/components/ui/field'

const overlaps = { now: 0, hour: 3600, day: 86_400, week: 604_800, month: 2_592_000 } as const
type Overlap = keyof typeof overlaps

type Props = Omit<ComponentProps<typeof SelectField>, 'label' | 'children'>

/** Selects how long an old token or secret stays valid next to its successor. */
export function OverlapField(props: Props) {
  const t = useTranslations('token')
  return (
    <SelectField label={t('overlap')} {...props}>
      {Object.entries(overlaps).map(([name, seconds]) => (
        <option key={name} value={seconds}>
          {t(`overlapOf.${name as Overlap}`)}
        </option>
      ))}
    </SelectField>
  )
}
