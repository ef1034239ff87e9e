'use client'

import { useTranslations } from 'use-intl'
import type { RobotView } from '@/lib/dashboard/robot/list'
import { useNow } from '@/components/ui/use-now'
import { useDurationText } from '@/components/ui/use-duration-text'

type Props = {
  /** End of WeChat's rate limit; null: not limited. */
  cooldownUntil: string | null
  status: RobotView['status'] | undefined
}

/** Explains why the queue does not move; renders nothing while it does. */
export function QueueNotice({ cooldownUntil, status }: Props) {
  const t = useTranslations('pacing')
  const durationText = useDurationText()
  const now = useNow()
  const remainingMs = cooldownUntil ? Date.parse(cooldownUntil) - now : 0
  return (
    <output className="mb-4 block rounded bg-warn-soft px-3 py-2 text-warn empty:hidden">
      {status === 'reconnecting'
        ? t('reconnecting')
        : status && status !== 'online'
          ? t('offline')
          : remainingMs > 0 && t('rateLimited', { duration: durationText(remainingMs) })}
    </output>
  )
}
