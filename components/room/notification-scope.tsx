'use client'

import Link from 'next/link'
import { useTranslations } from 'use-intl'
import type { RoomsView } from '@/lib/dashboard/room/list'

type Props = { notified: RoomsView['notified']; applicationId: string }

/** States for which rooms callbacks are sent, and links to the scope setting. */
export function NotificationScope({ notified: { rule, silent, count, total }, applicationId }: Props) {
  const t = useTranslations('room.notified')
  return (
    <p className="mb-3 text-sm text-muted">
      {t(silent ?? rule, { count, total })}{' '}
      <Link href={`/dashboard/applications/${applicationId}`} className="link">
        {t('change')}
      </Link>
    </p>
  )
}
