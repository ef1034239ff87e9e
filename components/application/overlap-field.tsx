import { useTranslations } from 'use-intl'
import { SelectField } from '@/components/ui/field'

const overlaps = { now: 0, hour: 3600, day: 86_400, week: 604_800, month: 2_592_000 } as const
type Overlap = keyof typeof overlaps

export const defaultOverlapSeconds: number = overlaps.day

type Props = { hint: string; overlapSeconds: number; onChange: (overlapSeconds: number) => void }

/** How long an old token goes on beside its successor. */
export function OverlapField({ hint, overlapSeconds, onChange }: Props) {
  const t = useTranslations('token')
  return (
    <SelectField
      label={t('overlap')}
      hint={hint}
      value={overlapSeconds}
      onChange={(event) => onChange(Number(event.target.value))}
    >
      {Object.entries(overlaps).map(([name, seconds]) => (
        <option key={name} value={seconds}>
          {t(`overlapOf.${name as Overlap}`)}
        </option>
      ))}
    </SelectField>
  )
}
