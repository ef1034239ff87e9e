'use client'

import Link from 'next/link'
import { useTranslations } from 'use-intl'
import type { DecisionView } from '@/lib/dashboard/reply/log'
import { messagePath } from '@/components/message/message-path'
import { robotName } from '@/components/robot/robot-name'
import { StateBadge } from '@/components/state/state-badge'
import { RelativeTime } from '@/components/ui/relative-time'

/** One event of the log: who wrote what, and what replied or why nothing did. */
export function DecisionItem({ decision }: { decision: DecisionView }) {
  const t = useTranslations('reply.log')
  const { robotId, personName, roomName, messageId, outcome, failure, createdAt } = decision
  const robot = robotName({ nickname: decision.robotNickname, username: decision.robotUsername })
  return (
    <li className="flex flex-col gap-1 py-2.5">
      <p className="flex flex-wrap items-baseline gap-x-2 gap-y-1">
        {outcome && <StateBadge kind="replyOutcome" state={outcome} />}
        <span className="min-w-0 wrap-anywhere">
          <Happened decision={decision} />
        </span>
      </p>
      <p className="text-sm wrap-anywhere">
        <Cause decision={decision} />
      </p>
      {failure && <p className="text-sm wrap-anywhere text-warn">{t('failure', { failure })}</p>}
      <p className="flex min-w-0 flex-wrap gap-x-2 text-xs text-muted">
        {messageId === null ? (
          <RelativeTime at={createdAt} />
        ) : (
          <Link href={messagePath({ robotId, id: messageId })} className="hover:text-ink hover:underline">
            <RelativeTime at={createdAt} />
          </Link>
        )}
        <span className="min-w-0 wrap-anywhere">{[personName, roomName, robot].filter(Boolean).join(' · ')}</span>
      </p>
    </li>
  )
}

function Happened({ decision: { messageId, messageType, messageExcerpt, personName } }: { decision: DecisionView }) {
  const t = useTranslations('reply.log')
  if (messageId === null) return t('joined', { name: personName })
  if (messageType === 'text') return messageExcerpt ?? ''
  return t(messageType === 'image' ? 'image' : 'other')
}

/** What replied, with its text; what handed over; or why nothing replied. */
function Cause({ decision }: { decision: DecisionView }) {
  const t = useTranslations('reply.log')
  const { outcome, silence, source, ruleName, articles, replyType, replyExcerpt } = decision
  if (outcome === 'silent') return <span className="text-muted">{silence && t(`silence.${silence}`)}</span>
  const by = ruleName ? t('byRule', { name: ruleName }) : source && t(`source.${source}`)
  const cited = articles.map(({ title }) => title).join(' · ')
  const reply = replyType === 'text' ? replyExcerpt : replyType && t(replyType === 'image' ? 'image' : 'other')
  return [by, cited && t('cited', { articles: cited }), reply].filter(Boolean).join(' · ')
}
