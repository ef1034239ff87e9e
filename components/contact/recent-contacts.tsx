'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import type { RobotConnection } from '@/lib/db/types'
import { contactsQuery } from '@/components/queries/queries'
import { ButtonLink } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { useNow } from '@/components/ui/use-now'
import { WindowText } from '@/components/message/reply-window'

/** What a connection without friends has instead of an address book: the people whom the robot can write to. */
export function RecentContacts({ robotId, connection }: { robotId: string; connection: RobotConnection }) {
  const t = useTranslations('contact')
  const nowMs = useNow()
  const { data: contacts } = useQuery(contactsQuery(robotId))
  const kind = connection === 'ilink' || connection === 'wecom_group' ? connection : 'wecom_kf'
  const action =
    kind === 'wecom_group' ? null : (
      <ButtonLink href={`/dashboard/robots/${robotId}/messages`}>{t('toMessages')}</ButtonLink>
    )
  return (
    <div className="flex flex-col gap-6">
      <EmptyState title={t(`without.${kind}.title`)} action={action}>
        {t(`without.${kind}.hint`)}
      </EmptyState>
      {contacts && contacts.length > 0 && (
        <section aria-labelledby="recent-contacts">
          <h2 id="recent-contacts" className="mb-3 text-lg font-medium">
            {t('recent')}
          </h2>
          <ul className="rounded-lg border border-subtle bg-surface shadow-card">
            {contacts.map(({ id, nickname, isOwner, replyWindow }) => (
              <li key={id} className="border-b border-subtle px-4 py-2.5 last:border-b-0">
                <p className="wrap-anywhere">{nickname || (isOwner ? t('owner') : t('unnamed'))}</p>
                <p className="flex flex-wrap gap-x-3 text-sm text-muted">
                  <span className="max-w-full truncate font-mono text-xs leading-5">{id}</span>
                  {replyWindow && <WindowText window={replyWindow} nowMs={nowMs} />}
                </p>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  )
}
