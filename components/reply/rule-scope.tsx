'use client'

import { useTranslations } from 'use-intl'
import { useHoursText } from '@/components/reply/use-hours-text'
import type { RepliesView, RuleView } from '@/lib/dashboard/reply/replies'

/** States where and when a rule applies; nothing if it applies everywhere and always. */
export function RuleScope({ rule, replies }: { rule: RuleView; replies: Pick<RepliesView, 'robots' | 'quns'> }) {
  const t = useTranslations('reply')
  const hoursText = useHoursText()
  const { robotId, qunId, openingHours: hours } = rule
  const nameOf = (id: string, all: { id: string; name: string }[]) => all.find((each) => each.id === id)?.name ?? id
  const parts = [
    robotId && nameOf(robotId, replies.robots),
    qunId && nameOf(qunId, replies.quns),
    hours && hoursText(hours),
  ].filter(Boolean)
  if (parts.length === 0) return null
  return <p className="text-sm wrap-anywhere text-muted">{t('scope', { parts: parts.join(' · ') })}</p>
}
