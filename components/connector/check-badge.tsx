import { useTranslations } from 'use-intl'
import type { CheckState } from '@/lib/dashboard/connector/list'
import { Badge } from '@/components/ui/badge'

const tones = { unchecked: 'muted', passed: 'ok', failed: 'warn' } as const

/** The result of a connector's last check. */
export function CheckBadge({ check, count }: { check: CheckState; count: number }) {
  const t = useTranslations('connector.check')
  return <Badge tone={tones[check]}>{t(check, { count })}</Badge>
}
